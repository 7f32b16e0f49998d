using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>What holds at one place, and by what it differs from the defaults.</summary>
/// <param name="Essence">Equal for equal policies (<see cref="PolicyValues.Essence"/>).</param>
internal sealed record PolicyInForce(EffectivePolicy Effective, Policy Policy, string Essence);

/// <summary>
/// Which policy is in force where: of each value the nearest setting, and above them all the rules that a breaker has forced to shadow.
/// Until somebody sets a policy, the defaults hold everywhere. What was worked out is kept until the next change.
/// </summary>
internal sealed class PolicyBook
{
    private volatile PolicySnapshot latest = PolicySnapshot.Empty;

    /// <summary>What holds for a terminal: the nearest setting of each value wins.</summary>
    public Policy Of(Views views, TerminalState terminal) => For(views, terminal).Policy;

    /// <summary>What holds for the provider as a whole.</summary>
    public Policy OfProvider(Views views) => At(views, [PolicyTarget.Provider]).Policy;

    public PolicyInForce For(Views views, TerminalState terminal) =>
        At(views, Chain(views, terminal));

    /// <summary>What holds where these targets meet.</summary>
    /// <param name="chain">The outermost first.</param>
    public PolicyInForce At(Views views, IReadOnlyList<string> chain) => Read(views).At(chain);

    public PolicySnapshot Read(Views views)
    {
        var stamp = (string?)views.Scalar("SELECT stamp FROM policy_book") ?? "";
        var known = latest;
        if (known.Stamp == stamp)
        {
            return known;
        }
        var read = PolicySnapshot.Read(views, stamp, known);
        latest = read;
        return read;
    }

    /// <summary>Every target that concerns a terminal, whether or not something is set there.</summary>
    public static IReadOnlyList<string> Chain(Views views, TerminalState terminal)
    {
        if (terminal.Profile is not { } profile)
        {
            return [PolicyTarget.Provider];
        }
        var place =
            (string?)views.Scalar("SELECT place FROM merchants WHERE id = $1", profile.MerchantId)
            ?? "/";
        return Chain(place, profile.Model, profile.Store, terminal.Id);
    }

    /// <param name="place">The merchant's.</param>
    public static IReadOnlyList<string> Chain(
        string place,
        string? model,
        string? store,
        string? terminal
    )
    {
        List<string> chain = [PolicyTarget.Provider];
        var steps = place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Orgs and merchants have ids of one kind; a step that is neither has no policy under that name.
        chain.AddRange(steps.Select(id => $"org:{id}"));
        if (steps is [.., var merchant])
        {
            chain.Add($"merchant:{merchant}");
            if (store is not null)
            {
                chain.Add(PolicyTarget.Store(merchant, store));
            }
        }
        if (model is not null)
        {
            chain.Add($"model:{model}");
        }
        if (terminal is not null)
        {
            chain.Add($"terminal:{terminal}");
        }
        return chain;
    }
}
