using System.Threading.RateLimiting;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Http;

/// <summary>How fast one key, or one stranger's address, may ask. The contract promises at least 50 requests a second a key.</summary>
internal static class RateLimits
{
    private const int PerSecond = 200;
    private const int Burst = 400;
    private const int FormsPerMinute = 60;

    private const int SignInsPerMinute = 300;

    /// <summary>For coming in: an office of many behind one address, on a Monday at nine. Guesses are counted elsewhere.</summary>
    public const string SignIns = "sign-ins";

    /// <summary>For what strangers may write: as many a minute from one address, which may be a proxy's.</summary>
    public const string Strangers = "strangers";

    public static void AddLimits(this IServiceCollection services) =>
        services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                // A page was counted when it came in; what it asks of the API is no request of its reader's.
                context.Features.Get<Acting>()
                    is not null
                    ? RateLimitPartition.GetNoLimiter("page")
                    : RateLimitPartition.GetTokenBucketLimiter(
                        KeyOf(context),
                        _ => new TokenBucketRateLimiterOptions
                        {
                            TokenLimit = Burst,
                            TokensPerPeriod = PerSecond,
                            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                        }
                    )
            );
            options.AddPolicy(Strangers, context => PerMinute(context, FormsPerMinute));
            options.AddPolicy(SignIns, context => PerMinute(context, SignInsPerMinute));
            options.OnRejected = async (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "1";
                await Results
                    .Problem(
                        detail: "Too many requests with this key; wait a second.",
                        statusCode: StatusCodes.Status429TooManyRequests,
                        type: "urn:tillkeeper:problem:too_many_requests",
                        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
                        {
                            ["code"] = "too_many_requests",
                        }
                    )
                    .ExecuteAsync(rejected.HttpContext);
            };
        });

    private static RateLimitPartition<string> PerMinute(HttpContext context, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(
            KeyOf(context),
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = most,
                Window = TimeSpan.FromMinutes(1),
            }
        );

    private static string KeyOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true }
            ? context.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)!.Value
            : $"address {context.Connection.RemoteIpAddress}";
}
