using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>Which policy is in force where. Until somebody sets one, the defaults hold everywhere.</summary>
internal sealed class PolicyBook
{
    /// <summary>What holds for a terminal: the nearest setting of each value wins.</summary>
    public Policy Of(Views views, TerminalState terminal) => Policy.Default;

    /// <summary>What holds for the provider as a whole.</summary>
    public Policy OfProvider(Views views) => Policy.Default;
}
