namespace Tillkeeper.Server.Console.Steps;

/// <summary>Keeps the form that was sent with its request, for the parts of the page that answers it.</summary>
internal static class Sending
{
    private const string Item = "tillkeeper.page.sent";

    public static void Keep(HttpContext context, Sent sent) => context.Items[Item] = sent;

    public static Sent? Last(HttpContext context) => context.Items[Item] as Sent;
}
