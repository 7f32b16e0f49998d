using System.Text.Json;
using Tillkeeper.Server.Console.Api;

namespace Tillkeeper.Server.Console.Portal.Release;

/// <summary>What a page and the device of its reader say to each other about a passkey (WebAuthn).</summary>
internal static class Ceremonies
{
    private const int LongestCredential = 16 * 1024;

    /// <summary>For the script of the page: what the device is to sign, or why not.</summary>
    public static IResult Answer(Reply<JsonElement> reply) =>
        reply.Problem is { } problem
            ? Results.Json(new { code = problem.Code }, statusCode: problem.Status)
            : Results.Json(reply.Value);

    /// <summary>The device's answer out of a form; an empty one where there is none, which verifies nowhere.</summary>
    public static JsonElement Credential(IFormCollection form)
    {
        var text = form["credential"].ToString();
        if (text.Length is 0 or > LongestCredential)
        {
            return JsonElement.Parse("{}");
        }
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonElement.Parse("{}");
        }
    }
}
