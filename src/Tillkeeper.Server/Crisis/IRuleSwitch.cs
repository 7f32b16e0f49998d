using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Crisis;

/// <summary>Takes a rule out of action everywhere, whatever the policies say. What policies are is the policies' own affair.</summary>
internal interface IRuleSwitch
{
    /// <summary>The rule only records from now on, at every terminal, until somebody gives it back to the policies.</summary>
    void ForceShadow(Work work, RuleName rule, string crisisId);

    /// <summary>False once somebody has set a policy for the rule again.</summary>
    bool IsForced(Work work, RuleName rule);
}
