using System.Security.Cryptography;
using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Journal;

/// <summary>Whose journal it is, and where its numbers and its chain begin.</summary>
/// <param name="BaseSeq">The number before its first entry: 0, or the last acknowledged one after a loss.</param>
/// <param name="BaseHash">The hash before its first entry: <see cref="JournalChain.Genesis"/>, or the last acknowledged one.</param>
internal sealed record JournalHeader(string Terminal, int Epoch, long BaseSeq, string BaseHash);

/// <summary>One event as it stands in the journal; all but <paramref name="Secret"/> is reported upwards.</summary>
/// <param name="Seq">Its number, gapless from <see cref="JournalHeader.BaseSeq"/> + 1.</param>
/// <param name="Prev">The hash of the entry before.</param>
/// <param name="Hash">By <see cref="JournalChain.Hash"/>.</param>
/// <param name="Type">Its name in the catalogue.</param>
/// <param name="At">RFC 3339, milliseconds, <c>Z</c>.</param>
/// <param name="Data">The event's JSON, the very bytes that the hash covers.</param>
/// <param name="Secret">The JSON of its <see cref="OperatorSecret"/>, which never leaves the terminal; null for events without.</param>
internal sealed record JournalEntry(
    long Seq,
    string Prev,
    string Hash,
    string Type,
    string At,
    byte[] Data,
    byte[]? Secret
)
{
    /// <summary>The entry of an event that happens after <paramref name="before"/>.</summary>
    /// <exception cref="ArgumentException">
    /// The event cannot be read back, or its secret is not the one that it names: written, it would be damage for ever.
    /// </exception>
    public static JournalEntry Of(IDeviceEvent happened, string at, JournalPosition before)
    {
        var secret = (happened as ISecretBearing)?.Secret;
        var type = EventCatalogue.Device.NameOf(happened);
        var data = EventCatalogue.Device.Write(happened);
        var seq = before.Seq + 1;
        var entry = new JournalEntry(
            seq,
            before.Hash,
            JournalChain.Hash(before.Hash, seq, type, at, data),
            type,
            at,
            data,
            secret is null ? null : Secrets.ToBytes(secret)
        );
        try
        {
            entry.ToEvent();
            return entry;
        }
        catch (InvalidDataException e)
        {
            throw new ArgumentException($"{type} cannot be journalled.", nameof(happened), e);
        }
    }

    /// <summary>The event, with its secret if it has one.</summary>
    /// <exception cref="InvalidDataException">Data or secret are not what they should be.</exception>
    /// <exception cref="UnknownEventException">A newer version wrote it.</exception>
    public IDeviceEvent ToEvent()
    {
        try
        {
            return EventCatalogue.Device.Read(Type, Data) switch
            {
                OperatorAdded e => e with { Secret = SecretOf(e) },
                PasscodeSet e => e with { Secret = SecretOf(e) },
                IDeviceEvent e and not ISecretBearing when Secret is null => e,
                _ => throw new InvalidDataException($"a secret stands beside number {Seq}"),
            };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the data of number {Seq} cannot be read", e);
        }
    }

    private OperatorSecret SecretOf(ISecretBearing happened) =>
        Secret is not null
        && happened.SecretHash == Convert.ToHexStringLower(SHA256.HashData(Secret))
        && Secrets.FromBytes(Secret) is { } secret
            ? secret
            : throw new InvalidDataException($"the secret of number {Seq} is not the one it names");
}
