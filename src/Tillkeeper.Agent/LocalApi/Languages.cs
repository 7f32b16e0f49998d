using System.Globalization;
using Tillkeeper.Core.Locks.Texts;

namespace Tillkeeper.Agent.LocalApi;

/// <summary>The language of an answer: <c>?lang=</c> first, then <c>Accept-Language</c>.</summary>
internal static class Languages
{
    public static CultureInfo Of(HttpRequest request) =>
        LockExplainer.Choose(
            request.Query["lang"].ToString() is { Length: > 0 } asked
                ? asked
                : request.Headers.AcceptLanguage.ToString()
        );
}
