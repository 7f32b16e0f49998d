using System.Globalization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>
/// People who pay: mostly it works, sometimes a card is declined, a PIN is forgotten for good, something comes back. Queues at noon are
/// as long as a single till can serve.
/// </summary>
internal sealed class HonestCustomers(SimulatedTill till, Random random, Tally tally)
{
    private int cards;

    public void Pay()
    {
        if (random.Next(10) < 4)
        {
            tally.Count("paid by QR");
            Sell(Capability.QrPayment, SaleOutcome.Approved, null);
            return;
        }
        var card = NewCard();
        switch (random.Next(1000))
        {
            case < 3:
                tally.Count("forgot the PIN for good");
                Sell(Capability.CardPayment, SaleOutcome.WrongPin, card);
                Sell(Capability.CardPayment, SaleOutcome.WrongPin, card);
                Sell(Capability.CardPayment, SaleOutcome.PinTriesExceeded, card);
                break;
            case < 20:
                tally.Count("mistyped the PIN");
                Sell(Capability.CardPayment, SaleOutcome.WrongPin, card);
                Sell(Capability.CardPayment, SaleOutcome.Approved, card);
                break;
            case < 60:
                tally.Count("was declined");
                Sell(Capability.CardPayment, SaleOutcome.Declined, card);
                break;
            case < 70:
                tally.Count("cancelled");
                Sell(Capability.CardPayment, SaleOutcome.Cancelled, card);
                break;
            default:
                tally.Count("paid by card");
                Sell(Capability.CardPayment, SaleOutcome.Approved, card);
                break;
        }
    }

    /// <summary>Noon at a canteen: one sale every seven to nine seconds for ten minutes.</summary>
    public void Queue()
    {
        tally.Count("queue at noon");
        for (var i = 0; i < 75; i++)
        {
            tally.Count("paid by QR");
            Sell(Capability.QrPayment, SaleOutcome.Approved, null);
            till.Pass(TimeSpan.FromSeconds(random.Next(7, 10)));
        }
    }

    public void BringBack()
    {
        tally.Count("brought something back");
        Sell(Capability.Refund, SaleOutcome.Approved, NewCard());
    }

    /// <summary>After a holiday several people come with what did not fit.</summary>
    public void BringBackTogether()
    {
        tally.Count("refunds after a holiday");
        for (var i = 0; i < 5; i++)
        {
            BringBack();
            till.Pass(TimeSpan.FromMinutes(random.Next(3, 6)));
        }
    }

    public void CloseBatch()
    {
        tally.Count("closed the batch");
        Sell(Capability.BatchClose, SaleOutcome.Approved, null);
    }

    private void Sell(Capability capability, SaleOutcome outcome, string? card) =>
        till.Do(new EndSale(capability, outcome, random.Next(100, 200_000), card));

    private string NewCard() => $"card-{(cards++).ToString(CultureInfo.InvariantCulture)}";
}
