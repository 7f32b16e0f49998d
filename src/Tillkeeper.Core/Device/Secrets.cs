using System.Security.Cryptography;
using System.Text.Json;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Device;

/// <summary>The part of an event that stays at the terminal, as bytes and as the hash that the reported part carries.</summary>
public static class Secrets
{
    public static byte[] ToBytes(OperatorSecret secret) =>
        JsonSerializer.SerializeToUtf8Bytes(secret, CoreJson.Default.OperatorSecret);

    public static OperatorSecret? FromBytes(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, CoreJson.Default.OperatorSecret);

    public static string HashOf(OperatorSecret secret) =>
        Convert.ToHexStringLower(SHA256.HashData(ToBytes(secret)));
}
