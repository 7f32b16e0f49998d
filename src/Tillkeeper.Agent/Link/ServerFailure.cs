using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Link;

/// <summary>What may go wrong between a terminal and its server without anything being wrong with the terminal.</summary>
internal static class ServerFailure
{
    /// <summary>Is this the network's or the server's failure? A stop of the agent is not, nor is our own disk.</summary>
    public static bool IsOne(Exception e, CancellationToken stop) =>
        e
            is HttpRequestException
                or IOException
                or JsonException
                or OperationCanceledException
                or AuthenticationException
        && e is not JournalBrokenException
        && !stop.IsCancellationRequested;

    /// <summary>Why, in a few words and without any content.</summary>
    public static string Describe(Exception e) =>
        e switch
        {
            OperationCanceledException => "no answer in time",
            HttpRequestException { StatusCode: { } status } => $"answered {(int)status} {status}",
            HttpRequestException { InnerException: AuthenticationException inner } =>
                $"TLS: {inner.Message}",
            JsonException => "an answer that cannot be read",
            _ => e.Message,
        };

    /// <summary>The server knows this terminal and does not want it.</summary>
    public static bool IsRejection(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}
