using System.Net.Http.Json;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>What somebody who may not see the shop gets.</summary>
internal enum Answers
{
    /// <summary>404: it does not exist for them.</summary>
    NotFound,

    /// <summary>200 without a trace of the shop: a list, or a count of nothing.</summary>
    NoTrace,

    /// <summary>403 below the root: it concerns every shop at once.</summary>
    Provider,
}

/// <summary>How to call one route of the people's door at a shop, and who may.</summary>
/// <param name="Route">Method and pattern as mapped.</param>
/// <param name="Roles">Every role that may, in words.</param>
/// <param name="Lacks">What whoever may is told where the shop has not set up what it takes; its own tests show it at work.</param>
/// <param name="Opens">True when it can release a lock, reset a passcode, or hand out a code or a key.</param>
internal sealed record Recipe(
    string Route,
    Right Right,
    string Roles,
    Answers Foreign,
    Func<Shop, string> Path,
    Func<Shop, object?>? Body = null,
    bool Opens = false,
    string? Lacks = null
)
{
    public bool Allows(string role) => Roles == "all" || Roles.Split(' ').Contains(role);

    /// <summary>What whoever asks has said themselves: a form that is shown again says it back.</summary>
    public string Said(Shop shop)
    {
        var form = Body?.Invoke(shop) is HttpContent content
            ? content.ReadAsStringAsync().GetAwaiter().GetResult()
            : "";
        // A page's filters stand in its own links.
        var filters = Route.Contains(" /console/", StringComparison.Ordinal)
            ? Path(shop).Split('?').ElementAtOrDefault(1)
            : null;
        return Uri.UnescapeDataString(form + filters);
    }

    public HttpRequestMessage At(Shop shop)
    {
        var body = Body?.Invoke(shop);
        return new HttpRequestMessage(new HttpMethod(Route.Split(' ')[0]), Path(shop))
        {
            Content = body switch
            {
                null => null,
                HttpContent content => content,
                byte[] bytes => new ByteArrayContent(bytes),
                _ => JsonContent.Create(body),
            },
        };
    }

    public override string ToString() => Route;
}
