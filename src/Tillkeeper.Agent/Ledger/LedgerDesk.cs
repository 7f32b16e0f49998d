using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Identity;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Agent.SignIn;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Agent.Ledger;

/// <summary>Who may write manual records and see them.</summary>
internal sealed class LedgerDesk(Till till, Sessions sessions, IdentityStore identities)
{
    private static readonly Refusal SignInToSee = new(
        RefusalKind.Unauthenticated,
        "sign_in_required",
        "Sign in first to see the manual records."
    );

    public bool IsLost => till.IsLost;
    public DeviceState State => till.State;

    public Task<TillAnswer> AskAsync(ILedgerCommand command) => till.AskAsync(command);

    public Refusal? MayLook(HttpRequest request) =>
        Callers.Of(request, sessions) is null && LedgerDecisions.CanSignIn(till.State)
            ? SignInToSee
            : null;

    /// <summary>Whoever is signed in; else the operator that is named, of whom nothing is proven.</summary>
    public (LedgerWriter By, Refusal? Refusal) WriterOf(HttpRequest request, TypedBody typed)
    {
        if (Callers.Of(request, sessions) is { } session)
        {
            return (new LedgerWriter(session.Operator, SignedIn: true), null);
        }
        var named = typed.Text("operator");
        return LedgerDecisions.CheckText(named, "operator", OperatorName.MaxLength) is { } wrong
            ? (default, wrong)
            : (new LedgerWriter(IdOf(named), SignedIn: false), null);
    }

    /// <summary>Null for a name that nobody has here: it is not kept, for it may be anything.</summary>
    private string? IdOf(string? named)
    {
        if (!OperatorName.TryNormalise(named, out var name))
        {
            return null;
        }
        var id = NewId.Operator(name, identities.Required.TerminalSecret);
        return till.State.Operators.ContainsKey(id) ? id : null;
    }
}
