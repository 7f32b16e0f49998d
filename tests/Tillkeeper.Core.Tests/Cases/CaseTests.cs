using System.Text.Json;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Cases;

public sealed class CaseTests
{
    private const string LockId = "T000000001";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Challenge Shown = new(Cause.WrongPassword, Till.Id, LockId, "N0NCE");
    private CaseState state = CaseState.Empty;
    private Refusal? refusal;

    private IReadOnlyList<ICaseEvent> Do(ICaseCommand command)
    {
        var decision = CaseDecisions.Decide(state, command, Now);
        refusal = decision.Refusal;
        foreach (var happened in decision.Events)
        {
            var catalogue = EventCatalogue.Case;
            var read = catalogue.Read(catalogue.NameOf(happened), catalogue.Write(happened));
            state = JsonSerializer.Deserialize(
                JsonSerializer.SerializeToUtf8Bytes(
                    CaseState.Apply(state, (ICaseEvent)read),
                    CoreJson.Default.CaseState
                ),
                CoreJson.Default.CaseState
            )!;
        }
        return decision.Events;
    }

    private string? Code(ICaseCommand command)
    {
        Do(command);
        return refusal?.Code;
    }

    private string? Open(WayOut way = WayOut.PasswordReset, Cause cause = Cause.WrongPassword) =>
        Code(
            new OpenCase(
                new CaseOpened(
                    "case1",
                    Till.Id,
                    LockId,
                    cause,
                    way,
                    new ApplicantRef("p1", "c0ffee"),
                    "agent",
                    false,
                    Now
                ),
                LockTable.Of(cause).WaysOut
            )
        );

    private string? Attach(string kind, string person = "agent") =>
        Code(new AttachDocument(new DocumentAttached(kind, "d1", "c0ffee", 100, person)));

    private string? Decide(CaseOutcome outcome = CaseOutcome.Approve, string person = "desk") =>
        Code(new DecideCase(outcome, person, "because"));

    [Fact]
    public void A_case_is_opened_for_a_way_out_that_the_lock_has()
    {
        Assert.Equal("way_out_not_available", Open(WayOut.Repair));
        Assert.Equal("not_found", Decide());
        Assert.Equal("not_found", Attach("lease"));
        Assert.Null(Open());
        Assert.Equal((CaseStatus.Open, "agent"), (state.Status, state.OpenedBy));
    }

    [Fact]
    public void What_is_missing_is_said_and_kept_with_the_decision()
    {
        Open();
        Assert.Equal(["business_licence", "identity_card"], state.Missing);
        Attach("identity_card");
        Attach("identity_card");
        var events = Do(new DecideCase(CaseOutcome.Approve, "desk", "known in person"));
        Assert.Equal(
            ["business_licence"],
            Assert.IsType<CaseDecided>(Assert.Single(events)).Missing
        );
    }

    [Fact]
    public void Other_ways_out_ask_for_no_documents()
    {
        Open(WayOut.OfflineCode);
        Assert.Empty(state.Missing);
    }

    [Fact]
    public void Whoever_opened_or_attached_does_not_decide()
    {
        Open();
        Attach("lease", "helper");
        Assert.Equal("own_case", Decide(person: "agent"));
        Assert.Equal("own_case", Decide(person: "helper"));
        Assert.Equal(RefusalKind.Forbidden, refusal?.Kind);
        Assert.Null(Decide());
        Assert.Equal("own_case", Decide(person: "agent"));
        Assert.Equal("already_decided", Decide());
    }

    [Fact]
    public void A_refused_case_is_settled()
    {
        Open();
        Decide(CaseOutcome.Refuse);
        Assert.Equal((CaseStatus.Refused, "refused"), (state.Status, state.Result));
        Assert.False(state.IsUnsettled);
        Assert.Equal("case_closed", Attach("lease"));
        Assert.Equal("already_decided", Decide());
        Assert.Equal("not_approved", Code(new IssueCode(Shown, "desk")));
        Assert.Empty(Do(new Observe(new LockEnded(LockId, WayOut.Wait, default))));
    }

    [Fact]
    public void A_password_case_ends_with_the_first_sign_in_after_the_reset()
    {
        Open();
        Decide();
        Do(new Observe(new LockEnded(LockId, WayOut.PasswordReset, default)));
        Assert.True(state.Released);
        Do(new Observe(new PasscodeSet(Till.Cashier, PasscodeOrigin.Owner, "h")));
        Assert.False(state.PasscodeSet);
        Do(new Observe(new PasscodeSet(Till.Cashier, PasscodeOrigin.Reset, "h", LockId)));
        Assert.True(state.PasscodeSet);
        Do(new Observe(new OperatorSignedIn(Till.Cashier, OperatorRole.Cashier)));
        Assert.Equal(CaseStatus.Approved, state.Status);
        Do(new Observe(new OperatorSignedIn(Till.Cashier, OperatorRole.Cashier, LockId)));
        Assert.Equal((CaseStatus.Closed, "signed_in"), (state.Status, state.Result));
    }

    [Fact]
    public void A_password_case_whose_pause_ran_out_can_still_be_decided()
    {
        Open();
        Do(new Observe(new LockEnded(LockId, WayOut.Wait, default)));
        Assert.Equal(CaseStatus.Open, state.Status);
        Assert.Null(Decide());
    }

    [Fact]
    public void An_invented_sign_in_closes_no_case_that_nobody_has_decided()
    {
        Open();
        Assert.Empty(
            Do(new Observe(new PasscodeSet(Till.Cashier, PasscodeOrigin.Reset, "h", LockId)))
        );
        Assert.Empty(
            Do(new Observe(new OperatorSignedIn(Till.Cashier, OperatorRole.Cashier, LockId)))
        );
        Assert.Equal((CaseStatus.Open, false), (state.Status, state.PasscodeSet));
        Assert.Null(Decide());
    }

    [Fact]
    public void A_step_that_a_terminal_repeats_is_written_down_once()
    {
        Open();
        Decide();
        var ended = new Observe(new LockEnded(LockId, WayOut.PasswordReset, default));
        var set = new Observe(new PasscodeSet(Till.Cashier, PasscodeOrigin.Reset, "h", LockId));
        Assert.Single(Do(ended));
        Assert.Single(Do(set));
        Assert.Empty(Do(ended));
        Assert.Empty(Do(set));
    }

    [Fact]
    public void Any_other_case_ends_with_its_lock_and_only_with_its_own()
    {
        Open(WayOut.OfflineCode);
        Do(new Observe(new LockEnded("T000000002", WayOut.OfflineCode, default)));
        Do(new Observe(new OperatorSignedIn(Till.Cashier, OperatorRole.Cashier, "T000000002")));
        Do(new Observe("something else"));
        Assert.Equal(CaseStatus.Open, state.Status);
        Do(new Observe(new LockEnded(LockId, WayOut.OfflineCode, default)));
        Assert.Equal((CaseStatus.Closed, "released"), (state.Status, state.Result));
    }

    [Fact]
    public void A_code_needs_an_approved_case_for_exactly_this_lock()
    {
        Open();
        Assert.Equal("not_approved", Code(new IssueCode(Shown, "desk")));
        Decide();
        Assert.Equal("other_lock", Code(new IssueCode(Shown with { Lock = "T000000002" }, "desk")));
        Assert.Equal(
            "other_lock",
            Code(new IssueCode(Shown with { Terminal = "0000000000" }, "desk"))
        );
        var issued = Assert.IsType<CodeIssued>(Assert.Single(Do(new IssueCode(Shown, "desk"))));
        Assert.Equal(Now + Policy.Default.OfflineCode.ValidFor, issued.ExpiresAt);
    }

    [Fact]
    public void A_code_is_shown_once_a_challenge_and_five_times_a_case()
    {
        Open();
        Decide();
        Assert.Null(Code(new IssueCode(Shown, "desk")));
        Assert.Equal("code_already_issued", Code(new IssueCode(Shown, "other")));
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(Code(new IssueCode(Shown with { Nonce = $"AAAA{i}" }, "desk")));
        }
        Assert.Equal("codes_used_up", Code(new IssueCode(Shown with { Nonce = "BBBBB" }, "desk")));
    }

    [Theory]
    [InlineData(WayOut.ProviderRelease, Cause.Remote)]
    [InlineData(WayOut.ProviderRelease, Cause.StateUnknown)]
    [InlineData(WayOut.Repair, Cause.Tamper)]
    public void No_code_is_read_out_where_another_way_out_was_approved(WayOut way, Cause cause)
    {
        Assert.Null(Open(way, cause));
        Decide();
        Assert.Equal("way_out_not_available", Code(new IssueCode(Shown, "desk")));
    }

    [Fact]
    public void Where_two_people_release_the_code_is_not_read_out_by_who_approved()
    {
        Open(WayOut.OfflineCode, Cause.LocationAnomaly);
        Decide();
        Assert.Equal("second_person_required", Code(new IssueCode(Shown, "desk")));
        Assert.Null(Code(new IssueCode(Shown, "other")));
    }

    [Fact]
    public void What_is_no_challenge_gets_no_code()
    {
        Open();
        Assert.Equal("not_approved", Code(new IssueCode(null, "desk")));
        Decide();
        Assert.Equal("challenge", Do(new IssueCode(null, "desk")) is [] ? refusal?.Field : null);
        Assert.Empty(state.CodesFor);
    }

    [Fact]
    public void A_case_holds_fifty_documents_and_looking_at_one_changes_nothing_but_the_record()
    {
        Open();
        for (var i = 0; i < CaseState.MostDocuments; i++)
        {
            Assert.Null(Attach("other"));
        }
        Assert.Equal("documents_used_up", Attach("other"));
        Assert.Single(Do(new ReadDocument(new DocumentRead("other", "d1", "desk"))));
        Assert.Null(Decide(person: "desk"));
        Assert.Equal("desk", state.Decision?.Person);
    }

    [Theory]
    [InlineData(WayOut.PasswordReset, CodeEffect.PasscodeReset)]
    [InlineData(WayOut.OfflineCode, CodeEffect.Release)]
    public void The_code_does_what_the_case_was_for(WayOut way, CodeEffect effect)
    {
        Open(way);
        Assert.Equal(effect, CaseDecisions.EffectOf(state));
    }
}
