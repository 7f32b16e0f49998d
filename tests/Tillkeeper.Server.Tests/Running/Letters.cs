using System.Security.Cryptography;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>Names that nobody has yet, without digits: those of a GUID are now and then a card number.</summary>
internal static class Letters
{
    public static string Random() =>
        RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 16);
}
