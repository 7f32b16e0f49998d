using System.Text.Json;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Cases;

public sealed class CaseLifeTests
{
    private const string LockId = "T000000001";
    private const string Other = "T000000002";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DeviceTime Clock = new("boot", 1, null);
    private DateTimeOffset now = Start;

    private (CaseState State, string? Code) Do(CaseState state, ICaseCommand command)
    {
        var decision = CaseDecisions.Decide(state, command, now);
        foreach (var happened in decision.Events)
        {
            var catalogue = EventCatalogue.Case;
            var read = catalogue.Read(catalogue.NameOf(happened), catalogue.Write(happened));
            var after = CaseState.Apply(state, (ICaseEvent)read);
            state = JsonSerializer.Deserialize(
                JsonSerializer.SerializeToUtf8Bytes(after, CoreJson.Default.CaseState),
                CoreJson.Default.CaseState
            )!;
        }
        return (state, decision.Refusal?.Code);
    }

    private CaseState Open(
        string id = "case1",
        WayOut way = WayOut.ProviderRelease,
        Cause cause = Cause.Remote,
        string lockId = LockId,
        string opener = "shop",
        string terminal = Till.Id
    ) =>
        Do(
            CaseState.Empty,
            new OpenCase(
                new CaseOpened(
                    id,
                    terminal,
                    lockId,
                    cause,
                    way,
                    new ApplicantRef("p1", "c0ffee"),
                    opener,
                    false,
                    now,
                    Number: CaseNumber.From(17),
                    Due: now + CaseDueTimes.Of(cause)
                ),
                LockTable.Of(cause).WaysOut
            )
        ).State;

    private (CaseState State, string? Code) Cover(
        CaseState state,
        string lockId = Other,
        WayOut way = WayOut.ProviderRelease,
        Cause cause = Cause.Anomaly,
        string by = "second"
    ) =>
        Do(
            state,
            new CoverLock(new LockCovered(lockId, cause, way, by), LockTable.Of(cause).WaysOut)
        );

    private static DecideCase Approval(string by) => new(CaseOutcome.Approve, by, "because");

    private static Observe Ended(string lockId) =>
        new(new LockEnded(lockId, WayOut.ProviderRelease, Clock));

    [Fact]
    public void A_case_of_two_locks_says_which_remains_and_closes_with_the_last()
    {
        var state = Cover(Open()).State;
        Assert.Equal([Other, LockId], state.Remaining);
        state = Do(state, Approval("risk")).State;
        state = Do(state, Ended(LockId)).State;
        Assert.Equal([Other], state.Remaining);
        Assert.True(state.IsUnsettled);
        state = Do(state, Ended(Other)).State;
        Assert.Equal(
            (CaseStatus.Closed, "released", 0),
            (state.Status, state.Result, state.Remaining.Count())
        );
    }

    [Fact]
    public void A_lock_is_covered_once_by_its_own_way_out_and_never_by_a_second_passcode()
    {
        var state = Open();
        Assert.Equal("lock_covered", Cover(state, LockId).Code);
        Assert.Equal("way_out_not_available", Cover(state, way: WayOut.Repair).Code);
        Assert.Equal("case_of_its_own", Cover(state, way: WayOut.OfflineCode).Code);
        var decided = Do(state, Approval("risk")).State;
        Assert.Equal("already_decided", Cover(decided).Code);
        var many = Enumerable
            .Range(0, CaseState.MostLocks)
            .Aggregate(state, (s, i) => Cover(s, $"L{i}").State);
        Assert.Equal("locks_used_up", Cover(many).Code);
    }

    [Fact]
    public void Whoever_added_a_lock_does_not_decide_the_case()
    {
        var state = Cover(Open(), by: "risk").State;
        Assert.Equal("own_case", Do(state, Approval("risk")).Code);
        Assert.Null(Do(state, Approval("another")).Code);
    }

    [Fact]
    public void A_merged_case_brings_its_people_documents_and_lock_along()
    {
        var first = Open();
        var second = Open("case2", lockId: Other, opener: "risk");
        second = Do(
            second,
            new AttachDocument(new DocumentAttached("lease", "d1", "c0ffee", 9, "agent"))
        ).State;
        var merge = Do(second, new MergeCase(first, "desk", "called twice"));
        Assert.Null(merge.Code);
        Assert.Equal((CaseStatus.Closed, "merged"), (merge.State.Status, merge.State.Result));
        first = Do(first, new TakeOverCase(second, "desk")).State;
        Assert.Equal([Other, LockId], first.Remaining);
        Assert.Contains("lease", first.Documents);
        // An insider who opened the second case gains nothing by having it merged.
        Assert.Equal("own_case", Do(first, Approval("risk")).Code);
        Assert.Equal("own_case", Do(first, Approval("agent")).Code);
        Assert.Null(Do(first, Approval("another")).Code);
    }

    [Fact]
    public void Only_undecided_cases_of_one_terminal_are_merged_and_none_with_itself()
    {
        var first = Open();
        Assert.Equal("same_case", Do(first, new MergeCase(first, "d", "x")).Code);
        var foreign = Open("case3", terminal: "7Q2M4K9X1C");
        Assert.Equal("other_terminal", Do(foreign, new MergeCase(first, "d", "x")).Code);
        var decided = Do(Open("case4", lockId: Other), Approval("risk")).State;
        Assert.Equal("already_decided", Do(decided, new MergeCase(first, "d", "x")).Code);
        Assert.Equal("already_decided", Do(first, new MergeCase(decided, "d", "x")).Code);
    }

    [Fact]
    public void A_refused_case_is_reopened_while_its_lock_stands_and_must_be_decided_again()
    {
        var open = Open();
        Assert.Equal("case_open", Do(open, new ReopenCase("shop", "x", true)).Code);
        var refused = Do(open, new DecideCase(CaseOutcome.Refuse, "risk", "no papers")).State;
        Assert.Equal("lock_ended", Do(refused, new ReopenCase("shop", "x", false)).Code);
        var again = Do(refused, new ReopenCase("desk", "papers are here", true)).State;
        Assert.Equal((CaseStatus.Open, null), (again.Status, again.Decision));
        Assert.Equal("own_case", Do(again, Approval("desk")).Code);
        Assert.Null(Do(again, Approval("risk")).Code);
        now = Start.AddDays(31);
        Assert.Equal("reopen_too_late", Do(refused, new ReopenCase("shop", "x", true)).Code);
    }

    [Fact]
    public void It_is_told_at_half_its_time_and_when_overdue_less_and_less_often()
    {
        var state = Open();
        var due = Start + TimeSpan.FromHours(1);
        Assert.Equal(due, state.Due);
        now = CaseDueTimes.FirstReminder(state.Cause, due);
        Assert.Equal(Start.AddMinutes(30), now);
        state = Do(state, new RemindCase()).State;
        Assert.False(state.Overdue);
        List<TimeSpan> pauses = [];
        for (now = due; pauses.Count < 7; )
        {
            var told = CaseDecisions.Decide(state, new RemindCase(), now).Events.Single();
            state = CaseState.Apply(state, told);
            var next = Assert.IsType<CaseReminded>(told).Next;
            pauses.Add(next - now);
            now = next;
        }
        Assert.Equal([1, 2, 4, 8, 16, 24, 24], pauses.Select(p => p.TotalHours));
        Assert.True(state.Overdue);
    }

    [Fact]
    public void The_question_is_answered_once_after_the_decision_and_not_by_who_decided()
    {
        var open = Open();
        Assert.Equal("not_decided", Do(open, new RateCase(new(5, "shop", false))).Code);
        var decided = Do(open, Approval("risk")).State;
        Assert.Equal("own_decision", Do(decided, new RateCase(new(5, "risk", true))).Code);
        Assert.Equal("invalid", Do(decided, new RateCase(new(6, "shop", false))).Code);
        var rated = Do(decided, new RateCase(new(2, "shop", false))).State;
        Assert.Equal(2, rated.Score);
        Assert.Equal("already_answered", Do(rated, new RateCase(new(5, "shop", false))).Code);
    }

    [Fact]
    public void A_settled_case_takes_no_assignment_and_no_reminder()
    {
        var refused = Do(Open(), new DecideCase(CaseOutcome.Refuse, "risk", "no")).State;
        Assert.Equal("case_closed", Do(refused, new AssignCase(new("a", "b", "c"))).Code);
        Assert.Equal("case_closed", Do(refused, new RemindCase()).Code);
    }

    [Fact]
    public void One_wrong_digit_or_two_exchanged_ones_make_no_number_of_a_case()
    {
        var number = CaseNumber.From(120_457);
        Assert.Equal(number, CaseNumber.Read($"{number[..3]} {number[3..]}"));
        for (var i = 0; i < number.Length; i++)
        {
            var wrong = number.ToCharArray();
            wrong[i] = (char)('0' + ((wrong[i] - '0' + 1) % 10));
            Assert.Null(CaseNumber.Read(new string(wrong)));
        }
        Assert.Null(CaseNumber.Read($"{number[1]}{number[0]}{number[2..]}"));
        Assert.Null(CaseNumber.Read("123"));
    }
}
