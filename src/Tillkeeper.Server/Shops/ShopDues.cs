using System.Text.Json.Serialization;
using Dapper;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Shops;

/// <summary>What an owner is waited for.</summary>
[JsonConverter(typeof(SnakeCaseEnum<DueKind>))]
internal enum DueKind
{
    /// <summary>The operator may set a new passcode at the terminal now.</summary>
    SetPasscode,

    /// <summary>A code was read out; it has to be typed at the terminal.</summary>
    TypeCode,

    /// <summary>The new passcode is set; a sign-in shows that it works.</summary>
    SignIn,

    /// <summary>A case waits for documents.</summary>
    SendDocuments,

    /// <summary>Was this you? A terminal was seen elsewhere, or on another network.</summary>
    AnswerQuestion,
}

/// <summary>One thing that somebody of the shop has to do.</summary>
/// <param name="Missing">The documents, where it is about documents.</param>
/// <param name="Due">Until when, where somebody said so.</param>
internal sealed record ShopDue(
    DueKind Kind,
    string TerminalId,
    string Serial,
    string? CaseId = null,
    string? Number = null,
    IReadOnlyList<string>? Missing = null,
    DateTimeOffset? Due = null,
    string? Question = null
);

/// <summary>Collects what an owner is waited for; what opens the shop soonest comes first.</summary>
internal sealed class ShopDues(Database database, States states, TimeProvider time)
{
    /// <summary>Cases and terminals looked at; an owner with more finds the rest at the terminals themselves.</summary>
    private const int MostLookedAt = 200;

    /// <summary>How long a granted reset waits for the new passcode.</summary>
    private static readonly TimeSpan GrantLasts = TimeSpan.FromHours(24);

    private const string UnsettledCases = """
        SELECT id FROM cases WHERE place >= @From AND place < @To AND status IN ('open', 'approved')
        ORDER BY id DESC LIMIT @MostLookedAt
        """;

    private const string LockedTerminals = """
        SELECT id FROM terminals WHERE place >= @From AND place < @To
        ORDER BY EXISTS (SELECT 1 FROM lock_spans s WHERE s.terminal = terminals.id AND s.ended_at IS NULL) DESC, id
        LIMIT @MostLookedAt
        """;

    public IReadOnlyList<ShopDue> Of(Person person)
    {
        var range = new
        {
            From = person.Place,
            To = person.Place + "\uFFFF",
            MostLookedAt,
        };
        var (cases, terminals) = database.Read(c =>
            (
                c.Query<string>(UnsettledCases, range).AsList(),
                c.Query<string>(LockedTerminals, range).AsList()
            )
        );
        return
        [
            .. cases
                .Select(id => states.Find(CaseStreams.Kind, id))
                .OfType<CaseState>()
                .Select(OfCase)
                .Concat(terminals.SelectMany(Questions))
                .OfType<ShopDue>()
                .OrderBy(d => d.Kind)
                .ThenBy(d => d.Due ?? DateTimeOffset.MaxValue),
        ];
    }

    private ShopDue? OfCase(CaseState state)
    {
        if (
            TerminalOf(state.Terminal) is not { } terminal
            || KindOf(state, terminal) is not { } kind
        )
        {
            return null;
        }
        var due = kind switch
        {
            DueKind.SetPasscode => state.Decision?.At + GrantLasts,
            DueKind.SendDocuments => state.Due,
            _ => null,
        };
        return new ShopDue(
            kind,
            terminal.Id,
            terminal.Serial,
            state.Id,
            state.Number,
            kind == DueKind.SendDocuments ? state.Missing : null,
            due
        );
    }

    private static DueKind? KindOf(CaseState state, TerminalState terminal)
    {
        if (state.Status == CaseStatus.Open)
        {
            return state.Missing.Count > 0 ? DueKind.SendDocuments : null;
        }
        var underWay = terminal.OpenOrders.Any(o => o.CaseId == state.Id);
        return state switch
        {
            { SignedIn: true } => null,
            { PasscodeSet: true } => DueKind.SignIn,
            { WayOut: WayOut.PasswordReset, Released: true } when !underWay => DueKind.SetPasscode,
            { CodesFor.Count: > 0, Released: false } => DueKind.TypeCode,
            _ => null,
        };
    }

    private IEnumerable<ShopDue> Questions(string terminal)
    {
        if (
            states.Find(WhereaboutsStreams.Kind, terminal) is not { } known
            || TerminalOf(terminal) is not { } state
        )
        {
            return [];
        }
        return known
            .Questions.Where(q => q.Value.Status == QuestionStatus.Open)
            .Select(q => new ShopDue(
                DueKind.AnswerQuestion,
                terminal,
                state.Serial,
                Due: q.Value.Due > time.GetUtcNow() ? q.Value.Due : null,
                Question: q.Key
            ));
    }

    private TerminalState? TerminalOf(string id) =>
        states.Find(TerminalStreams.Kind, id) is { Profile: not null } state ? state : null;
}
