using Tillkeeper.Core.Cases;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Cases;

/// <summary>Everything that lies on the desk for one case.</summary>
/// <param name="Terminal">Null when its terminal went to a shop that the reader does not see.</param>
/// <param name="Colleagues">Who could take it over.</param>
/// <param name="Others">Further undecided cases of the terminal, which it can be merged into.</param>
internal sealed record CaseDesk(
    CaseView Case,
    TerminalView? Terminal,
    IReadOnlyList<ColleagueEndpoint.Colleague> Colleagues,
    IReadOnlyList<CaseRow> Others,
    Person Reader,
    Sent? Sent
)
{
    public bool IsUnsettled => Case.State is CaseStatus.Open or CaseStatus.Approved;

    /// <summary>Whether the reader's role decides cases like this one; in this one they may have a part.</summary>
    public bool MayLookInside => Case.Identity is not null;

    public bool MayOpen => Rights.May(Reader.Role, Right.OpenCases);

    /// <summary>The call that goes on, by its number; 0 when there is none.</summary>
    public int OpenCall =>
        Case.Identity?.CallBacks is { Count: > 0 } calls && calls[^1].Outcome is null
            ? calls.Count
            : 0;

    public static string PathOf(string id) => $"/api/v1/cases/{Uri.EscapeDataString(id)}";

    public static async Task<Reply<CaseDesk>> Read(
        ApiClient api,
        string id,
        Person person,
        Sent? sent = null
    )
    {
        var shown = await api.Get<CaseView>(PathOf(id));
        if (shown.Value is not { } view)
        {
            return new(shown.Status, null, shown.Problem);
        }
        var terminal = await api.Get<TerminalView>($"/api/v1/terminals/{view.TerminalId}");
        var others = await api.Get<Page<CaseRow>>(
            $"/api/v1/cases?terminal={view.TerminalId}&state=open"
        );
        var colleagues = Rights.May(person.Role, Right.HandleAlerts)
            ? await api.Get<Page<ColleagueEndpoint.Colleague>>($"/api/v1/colleagues?case={view.Id}")
            : null;
        return new(
            shown.Status,
            new CaseDesk(
                view,
                terminal.Value,
                colleagues?.Value?.Items ?? [],
                [.. (others.Value?.Items ?? []).Where(c => c.Id != view.Id)],
                person,
                sent
            ),
            null
        );
    }
}
