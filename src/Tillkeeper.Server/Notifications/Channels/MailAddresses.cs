using MimeKit;

namespace Tillkeeper.Server.Notifications.Channels;

/// <summary>Addresses of e-mail.</summary>
internal static class MailAddresses
{
    private const int Longest = 254;

    /// <summary>One bare address such as <c>shop@example.com</c> (RFC 5321 4.5.3.1: at most 254 characters).</summary>
    public static bool IsOne(string? text) =>
        text is { Length: > 0 and <= Longest }
        && text.Contains('@', StringComparison.Ordinal)
        && MailboxAddress.TryParse(text, out var address)
        && address.Address == text;

    /// <summary>As much as somebody needs to know it again.</summary>
    public static string? Mask(string? address) =>
        address is null ? null : $"{address[0]}***{address[address.LastIndexOf('@')..]}";
}
