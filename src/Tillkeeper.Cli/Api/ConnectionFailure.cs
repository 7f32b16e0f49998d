using System.Net.Sockets;
using System.Security.Authentication;

namespace Tillkeeper.Cli.Api;

/// <summary>Tells a connection that broke, which may be tried again, from a server that must not be talked to.</summary>
internal static class ConnectionFailure
{
    public static bool MayRetry(HttpRequestException failure) =>
        failure.HttpRequestError switch
        {
            HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded => true,
            HttpRequestError.Unknown or HttpRequestError.SecureConnectionError =>
                failure.InnerException is IOException,
            _ => false,
        };

    public static ServerUnreachableException Describe(HttpRequestException failure, Uri server)
    {
        var cause = Innermost(failure);
        return cause is AuthenticationException
            ? new ServerUnreachableException(
                $"The server at {server} cannot be trusted: {cause.Message} Is --ca the CA of this server?",
                failure
            )
            : new ServerUnreachableException(
                $"The server at {server} cannot be reached: {cause.Message}",
                failure
            );
    }

    private static Exception Innermost(Exception failure)
    {
        while (
            failure is not (AuthenticationException or SocketException)
            && failure.InnerException is { } inner
        )
        {
            failure = inner;
        }

        return failure;
    }
}
