using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Tillkeeper.DemoBank;

/// <summary>
/// The customer's app, reduced to what it does: look, wish, read, answer. A real app has signed its customer in by fingerprint before
/// any of this; here the reference of the card stands in the address.
/// </summary>
internal static class Phone
{
    /// <param name="Action"><c>release</c> or <c>reset_passcode</c>.</param>
    internal sealed record WishBody(string Terminal, string Action, string[] Locks);

    /// <param name="Language">Which text the customer has read: <c>en</c> or <c>zh-Hans</c>.</param>
    internal sealed record AnswerBody(bool Approved, string Language = "zh-Hans");

    public static void MapPhone(this IEndpointRouteBuilder app)
    {
        app.MapGet("/app/{reference}/terminals", Look);
        app.MapPost("/app/{reference}/wishes", Wish);
        app.MapGet(
            "/app/{reference}/requests",
            (string reference, Inbox inbox) => Results.Json(inbox.Of(reference))
        );
        app.MapPost("/app/requests/{id}/answer", Answer);
    }

    private static async Task<IResult> Look(
        string reference,
        ProviderLink provider,
        BankKey key,
        CancellationToken cancel
    ) =>
        Pass(
            await provider.Send(
                "state",
                key.Sign(
                    provider.Bank!,
                    "tillkeeper-bank-state",
                    new() { ["reference"] = reference }
                ),
                cancel
            )
        );

    private static async Task<IResult> Wish(
        string reference,
        WishBody body,
        ProviderLink provider,
        BankKey key,
        Inbox inbox,
        CancellationToken cancel
    )
    {
        JsonObject wish = new()
        {
            ["reference"] = reference,
            ["terminal"] = body.Terminal,
            ["action"] = body.Action,
            ["locks"] = new JsonArray([.. body.Locks.Select(l => (JsonNode)l)]),
        };
        var answer = await provider.Send(
            "wishes",
            key.Sign(provider.Bank!, "tillkeeper-bank-wish", wish),
            cancel
        );
        if (answer.Status != StatusCodes.Status201Created)
        {
            return Pass(answer);
        }
        return
            provider.Open((string)JsonNode.Parse(answer.Body)!["request"]!) is { } request
            && inbox.TryAdd(request)
            ? Results.Json(request, statusCode: StatusCodes.Status201Created)
            : Results.StatusCode(StatusCodes.Status502BadGateway);
    }

    /// <summary>The answer repeats what was asked and says which text was read: that is what the bank signs.</summary>
    private static async Task<IResult> Answer(
        string id,
        AnswerBody body,
        ProviderLink provider,
        BankKey key,
        Inbox inbox,
        CancellationToken cancel
    )
    {
        if (inbox.Take(id) is not { } request)
        {
            return Results.NotFound();
        }
        var read = (string)request["text"]![body.Language]!;
        JsonObject answer = new()
        {
            ["textDigest"] = Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(read))
            ),
            ["approved"] = body.Approved,
        };
        foreach (
            var field in (string[])["request", "nonce", "reference", "terminal", "action", "locks"]
        )
        {
            answer[field] = request[field]!.DeepClone();
        }
        return Pass(
            await provider.Send(
                "answers",
                key.Sign(provider.Bank!, "tillkeeper-bank-answer", answer),
                cancel
            )
        );
    }

    private static IResult Pass((int Status, string Body) answer) =>
        Results.Text(answer.Body, "application/json", Encoding.UTF8, answer.Status);
}
