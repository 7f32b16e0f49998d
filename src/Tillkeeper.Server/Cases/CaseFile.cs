using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary>What is on file of the merchant a case belongs to, and what the policy makes of its age.</summary>
internal sealed class CaseFile(PersonalData personal, PolicyBook policies)
{
    /// <summary>The merchant's file; null once it is erased. A case stays with the merchant where it was opened.</summary>
    public MerchantFile? Find(Work work, string caseId) =>
        work.Views.Scalar("SELECT place FROM cases WHERE id = $1", caseId) is string place
        && place.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var merchant]
            ? MerchantFile.Find(work, merchant, personal)
            : null;

    /// <summary>
    /// Two people approve for some days after the number to call has changed, and where papers count, when one of them is
    /// already in another case. Locks that two people release anyway have their second person there.
    /// </summary>
    public bool NeedsTwo(Work work, CaseState state, MerchantFile? file)
    {
        if (state is { Identity.IndependentProof: true, SeenBefore.IsEmpty: false })
        {
            return true;
        }
        var terminal = work.Load(TerminalStreams.Kind, state.Terminal);
        var rule = policies.Of(work.Views, terminal).Identity;
        return RecentContact.Covers(file?.ContactChangedAt, rule, work.Now);
    }
}
