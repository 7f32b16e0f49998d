namespace Tillkeeper.DemoBank;

/// <summary>What the provider talks to, and how the bank learns its own name there.</summary>
internal static class BankBackend
{
    private const int LongestRequest = 48 * 1024;

    internal sealed record SetupBody(string Id, string RequestKey);

    public static void MapBankBackend(this IEndpointRouteBuilder app)
    {
        app.MapPut("/setup", Setup);
        app.MapPost("/requests", Take);
    }

    private static IResult Setup(SetupBody body, ProviderLink provider)
    {
        provider.Register(body.Id, body.RequestKey);
        return Results.NoContent();
    }

    private static async Task<IResult> Take(
        HttpRequest request,
        ProviderLink provider,
        Inbox inbox,
        CancellationToken cancel
    )
    {
        if (request.ContentLength is not (> 0 and <= LongestRequest))
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }
        using StreamReader body = new(request.Body);
        if (provider.Open(await body.ReadToEndAsync(cancel)) is not { } asked)
        {
            return Results.Unauthorized();
        }
        return inbox.TryAdd(asked) ? Results.Accepted() : Results.StatusCode(503);
    }
}
