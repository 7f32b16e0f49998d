using static Tillkeeper.Core.Locks.Capability;

namespace Tillkeeper.Core.Locks.Texts;

/// <summary>What can still be sold under a lock, from its scope (B2).</summary>
internal static class StillWorks
{
    public static string Of(LockTexts texts, Lock l) =>
        texts.Sentences(Pending(texts, l), Selling(texts, l));

    private static string? Pending(LockTexts texts, Lock l)
    {
        if (l.Status != LockStatus.Pending)
        {
            return null;
        }
        return texts[LockTable.Of(l.Cause).AtOnce ? "works.pending_at_once" : "works.pending"];
    }

    private static string Selling(LockTexts texts, Lock l)
    {
        if (!l.Subject.IsTerminal)
        {
            return texts[
                LockExplainer.IsOfUnknownNames(l) ? "works.known_operators" : "works.other_operator"
            ];
        }
        if (l.Cause == Cause.Away && !l.Scope.Contains(SignIn))
        {
            return texts["works.after_sign_in"];
        }
        var words = Words(l).ToList();
        return words switch
        {
            [] => texts["works.only_cash"],
            ["works.manual_ledger"] => texts["works.only_manual"],
            _ when l.Scope.IsEmpty => texts["works.everything"],
            _ => Sentence(texts, words),
        };
    }

    private static IEnumerable<string> Words(Lock l)
    {
        if (!l.Scope.Contains(CardPayment))
        {
            yield return l.Scope.Contains(PinEntry)
                ? "works.card_without_pin"
                : "works.card_payment";
        }
        if (!l.Scope.Contains(QrPayment))
        {
            yield return "works.qr_payment";
        }
        if (!l.Scope.Contains(Refund))
        {
            yield return "works.refund";
        }
        if (!l.Scope.Contains(ManualLedger))
        {
            yield return "works.manual_ledger";
        }
    }

    private static string Sentence(LockTexts texts, List<string> keys)
    {
        var list = texts[keys[0]];
        for (var i = 1; i < keys.Count; i++)
        {
            var joint = i == keys.Count - 1 ? "works.list_end" : "works.list_gap";
            list = texts.Format(joint, list, texts[keys[i]]);
        }
        return texts.Format("works.sentence", char.ToUpper(list[0], texts.Culture) + list[1..]);
    }
}
