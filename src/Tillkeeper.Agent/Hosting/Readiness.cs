using Tillkeeper.Agent.LocalApi;

namespace Tillkeeper.Agent.Hosting;

/// <summary>Has the terminal an identity and an open till? Until then the local API answers 503.</summary>
internal sealed class Readiness
{
    private volatile bool open;
    private volatile bool refused;
    private volatile bool replaced;

    public void Open() => open = true;

    /// <summary>Enrolment has failed for good.</summary>
    public void Refuse() => refused = true;

    /// <summary>Another terminal has its place: nothing is open here any more.</summary>
    public void Replace() => replaced = true;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (
            (open && !replaced)
            || !context.Request.Path.StartsWithSegments(
                "/local",
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            await next(context);
            return;
        }
        await Problems
            .Of(
                StatusCodes.Status503ServiceUnavailable,
                replaced ? "replaced" : "not_enrolled",
                Why
            )
            .ExecuteAsync(context);
    }

    private string Why
    {
        get
        {
            if (replaced)
            {
                return "Another terminal has taken the place of this one, which is wiped; give it back to the provider.";
            }
            return refused
                ? "This terminal is not enrolled and its enrolment code is missing or void; call the provider for a new one."
                : "This terminal is being enrolled; it needs a connection to its server.";
        }
    }
}
