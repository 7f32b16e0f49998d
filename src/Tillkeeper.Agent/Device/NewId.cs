using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Codes;

namespace Tillkeeper.Agent.Device;

/// <summary>The random values that Core asks its callers for.</summary>
internal static class NewId
{
    /// <summary>A lock's id: 50 random bits.</summary>
    public static string Lock() => Crockford.Id(RandomNumberGenerator.GetBytes(7));

    /// <summary>A challenge's nonce: 25 random bits.</summary>
    public static string Nonce() =>
        Crockford.Encode(RandomNumberGenerator.GetBytes(4), Challenge.NonceLength);

    /// <summary>The opaque id of an operator: the same for the same name, and says nothing about it without the terminal's secret.</summary>
    public static string Operator(string normalisedName, ReadOnlySpan<byte> terminalSecret) =>
        Crockford.Id(
            HMACSHA256.HashData(
                terminalSecret,
                Encoding.UTF8.GetBytes("tillkeeper/operator/v1\0" + normalisedName)
            )
        );
}
