using System.Globalization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Rules.Texts;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Locks.Texts;

/// <summary>
/// Puts a lock into words for the person at the terminal: derived from the lock's own subject, scope, ways out and times, so
/// that nothing is promised which it does not have.
/// </summary>
public static class LockExplainer
{
    private const int MaxAcceptLanguage = 200;

    /// <summary>Every part of what is shown for one lock.</summary>
    /// <remarks>
    /// <see cref="Explanation.Safe"/> begins with what happened and quotes the provider's message; that money or sales are safe
    /// follows only where a lock of this cause leaves them alone for certain. <see cref="Explanation.StillWorks"/> looks at
    /// this lock only: where several stand side by side, what still works is what none of them blocks.
    /// </remarks>
    public static Explanation Explain(Lock l, ExplanationContext context, CultureInfo culture)
    {
        var texts = LockTexts.In(culture);
        var cause = Words.Of(l.Cause);
        return new Explanation(
            Title(texts, l, context),
            texts.Sentences(
                What(texts, l),
                RuleExplainer.Saw(l.Evidence, texts.Culture),
                Quote(texts, l),
                Safe(texts, l.Cause)
            ),
            StillWorks.Of(texts, l),
            Steps.Of(texts, l, context),
            Outlook.Of(texts, l, context),
            texts[$"{cause}.warning"]
        );
    }

    /// <summary>One line: the title with its code and, when there is one, the provider's message.</summary>
    public static string Summary(Lock l, ExplanationContext context, CultureInfo culture)
    {
        var texts = LockTexts.In(culture);
        var title = Title(texts, l, context);
        return Quote(texts, l) is { } quote ? $"{title} · {quote}" : title;
    }

    /// <summary>
    /// The language for an <c>Accept-Language</c> header (RFC 9110 12.5.4) or a bare tag: the preferred one of Chinese and
    /// English; English when neither is wanted or the header is no header.
    /// </summary>
    public static CultureInfo Choose(string? acceptLanguage)
    {
        var wanted = acceptLanguage is null or { Length: > MaxAcceptLanguage }
            ? []
            : acceptLanguage.Split(
                ',',
                StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
            );
        var best = wanted
            .Select(range => (Tag: range.Split(';')[0].Trim(), Quality: QualityOf(range)))
            .Where(range => range.Quality > 0 && (Is(range.Tag, "zh") || Is(range.Tag, "en")))
            .OrderByDescending(range => range.Quality)
            .FirstOrDefault();
        return CultureInfo.GetCultureInfo(Is(best.Tag, "zh") ? "zh-Hans" : "en");
    }

    /// <summary>The pause that all names share which nobody here bears.</summary>
    internal static bool IsOfUnknownNames(Lock l) =>
        l.Subject.Operator == DeviceState.UnknownOperator;

    private static string Title(LockTexts texts, Lock l, ExplanationContext context)
    {
        var title = l switch
        {
            { Cause: not Cause.WrongPassword } => texts[$"{Words.Of(l.Cause)}.title"],
            { Subject.IsTerminal: true } => texts["wrong_password.terminal.title"],
            _ when IsOfUnknownNames(l) => texts["wrong_password.unknown.title"],
            _ when context.OperatorName is { Length: > 0 } name => texts.Format(
                "wrong_password.operator.title",
                name
            ),
            _ => texts["wrong_password.someone.title"],
        };
        return $"{title} · {l.Code}";
    }

    private static string What(LockTexts texts, Lock l) =>
        l.Cause switch
        {
            Cause.WrongPassword when l.Evidence.Attempts is > 1 => texts.Format(
                "wrong_password.what",
                l.Evidence.Attempts
            ),
            Cause.WrongPassword => texts["wrong_password.what.some"],
            _ => texts[$"{Words.Of(l.Cause)}.what"],
        };

    /// <summary>On one line, whatever was typed, so that it cannot pass for a text of ours.</summary>
    private static string? Quote(LockTexts texts, Lock l) =>
        string.IsNullOrWhiteSpace(l.Message)
            ? null
            : texts.Format(
                "quote",
                string.Join(
                    ' ',
                    l.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                )
            );

    private static string? Safe(LockTexts texts, Cause cause) =>
        cause switch
        {
            // Nobody knows yet what such a terminal still holds.
            Cause.Tamper or Cause.Binding or Cause.StateUnknown => null,
            // The provider may be holding a payout for the same reason.
            Cause.Remote or Cause.Anomaly => texts["safe.sales"],
            _ => texts["safe.all"],
        };

    private static bool Is(string? tag, string language) =>
        tag is not null
        && (
            tag.Equals(language, StringComparison.OrdinalIgnoreCase)
            || tag.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase)
        );

    private static double QualityOf(string range)
    {
        var q = range
            .Split(';')
            .Skip(1)
            .Select(p => p.Trim())
            .FirstOrDefault(p => p.StartsWith("q=", StringComparison.OrdinalIgnoreCase));
        if (q is null)
        {
            return 1;
        }
        return double.TryParse(
            q.AsSpan(2),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var quality
        )
            ? quality
            : 0;
    }
}
