using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Crisis;

/// <summary>As long as no policy can be set, no rule locks, and there is nothing to take out of action.</summary>
internal sealed class RuleSwitch : IRuleSwitch
{
    public void ForceShadow(Work work, RuleName rule, string crisisId) { }
}
