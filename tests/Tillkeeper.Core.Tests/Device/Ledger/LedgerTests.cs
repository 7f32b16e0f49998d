using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Tests.Device.Ledger;

/// <summary>W4: what is written down by hand is numbered, stays as it is, and never needs a sign-in that nobody can make.</summary>
public sealed class LedgerTests
{
    private static readonly LedgerWriter Anna = new(Till.Cashier, SignedIn: true);
    private static readonly LedgerWriter Nobody = new(null, SignedIn: false);
    private int ids;

    [Fact]
    public void Numbers_are_gapless_over_refusals_restarts_and_counter_entries()
    {
        var till = Till.Staffed();
        till.Do(Pay());
        till.Do(Pay() with { AmountMinor = 0 });
        till.PowerCut();
        till.Do(Pay());
        till.Do(new VoidPayment(NewId(), 1, Anna, "wrong amount"));
        till.Do(Pay());

        var records = till.Journal.OfType<LedgerRecorded>().ToList();
        Assert.Equal([1, 2, 3, 4], records.Select(r => r.Number));
        Assert.Equal([1250, 1250, -1250, 1250], records.Select(r => r.AmountMinor));
        Assert.Single(records.Select(r => r.Book).Distinct());
        Assert.Equal(3, till.State.Ledger.VoidedBy(1));
    }

    [Fact]
    public void Sent_twice_it_is_written_once_and_another_under_its_id_is_refused()
    {
        var till = Till.Staffed();
        var paid = Pay();
        till.Do(paid);
        till.Pass(TimeSpan.FromMinutes(1));

        Assert.Empty(till.Do(paid with { NewBook = "OTHER" }));
        Assert.Null(till.Refusal);
        Assert.Equal("id_used", till.Code(paid with { AmountMinor = 1300 }));
        Assert.Equal(1, till.State.Ledger.Last);
    }

    [Fact]
    public void A_record_is_ended_once_and_a_counter_entry_never()
    {
        var till = Till.Staffed();
        till.Do(Pay());
        var ended = new VoidPayment(NewId(), 1, Anna, "twice");
        till.Do(ended);

        Assert.Empty(till.Do(ended));
        Assert.Null(till.Refusal);
        Assert.Equal("already_void", till.Code(new VoidPayment(NewId(), 1, Anna, "again")));
        Assert.Equal("not_found", till.Code(new VoidPayment(NewId(), 2, Anna, "the entry")));
        Assert.Equal("not_found", till.Code(new VoidPayment(NewId(), 9, Anna, "nothing")));
    }

    [Fact]
    public void A_sign_in_is_asked_for_only_while_somebody_could_make_one()
    {
        var till = Till.Staffed();
        Assert.Equal("sign_in_required", till.Code(Pay() with { By = Nobody }));

        till.Wrong(Till.Cashier, 5);
        Assert.Equal("sign_in_required", till.Code(Pay() with { By = Nobody }));
        till.Wrong(Till.Manager, 5);
        Assert.Null(till.Code(Pay() with { By = Nobody }));
    }

    [Fact]
    public void It_works_under_a_lock_of_everything_else_and_not_under_one_of_itself()
    {
        var till = Till.Staffed();
        till.Do(new ApplyOrder(till.LockOrder("R1")));
        Assert.Null(till.Code(Pay() with { By = Nobody }));

        var all = till.LockOrder("R2");
        till.Do(
            new ApplyOrder(all with { Lock = all.Lock! with { Scope = [Capability.ManualLedger] } })
        );
        Assert.Equal(RefusalKind.Locked, Refused(till, Pay()).Kind);
    }

    [Theory]
    [InlineData("6222 0202 0011 2233 446", null, "note")]
    [InlineData("CVV 123", null, "note")]
    [InlineData(null, "4111111111111111", "reference")]
    [InlineData("two\nlines", null, "note")]
    public void Card_data_and_what_is_no_line_are_refused_by_field(
        string? note,
        string? reference,
        string field
    )
    {
        var till = Till.Staffed();
        Assert.Equal(field, Refused(till, Pay() with { Note = note, Reference = reference }).Field);
        Assert.Equal(0, till.State.Ledger.Last);
    }

    [Fact]
    public void The_state_remembers_the_latest_only_and_goes_on_counting()
    {
        var till = Till.Staffed();
        for (var i = 0; i < LedgerState.Most + 2; i++)
        {
            till.Do(Pay());
        }
        Assert.Equal(LedgerState.Most, till.State.Ledger.Latest.Count);
        Assert.Equal(LedgerState.Most + 2, till.State.Ledger.Last);
        Assert.Equal("not_found", till.Code(new VoidPayment(NewId(), 1, Anna, "too old")));
    }

    private RecordPayment Pay() => new(NewId(), "BOOK", 1250, LedgerMethod.Cash, Anna);

    private string NewId() => $"id-{++ids}";

    private static Refusal Refused(Till till, IDeviceCommand command)
    {
        till.Do(command);
        return Assert.IsType<Refusal>(till.Refusal);
    }
}
