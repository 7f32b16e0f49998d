using System.Buffers.Text;
using System.Text;
using Tillkeeper.Core.Audit;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Tests.Device;
using Tillkeeper.Core.Tests.Orders;

namespace Tillkeeper.Core.Tests.Vectors;

/// <summary>Makes the vectors of what is keyed or chained: challenges and codes, the journal, the log.</summary>
internal static class PlainVectors
{
    public static ChallengeVectors Challenges()
    {
        var paused = new Challenge(Cause.WrongPassword, Till.Id, "T00000000A", "N0NCE");
        var remote = new Challenge(Cause.Remote, Till.Id, "S00000000A", "ZZZZZ");
        var text = paused.Text(TestKeys.Code);
        return new(
            SignedVectors.Note,
            Base64Url.EncodeToString(TestKeys.Code),
            [
                Good("as it is shown", paused, Crockford.Grouped(text)),
                Good("without groups, in lower case", paused, text.ToLowerInvariant()),
                Good(
                    "with the letters that look like digits",
                    paused,
                    text.Replace('0', 'O').Replace('1', 'l')
                ),
                Good("typed in full width", paused, FullWidth(text)),
                Good("of another cause", remote, remote.Text(TestKeys.Code)),
                Bad("one character wrong", (text[0] == '0' ? '1' : '0') + text[1..]),
                Bad("made with another key", paused.Text(new byte[32])),
                Bad("one character short", text[..^1]),
                Bad("one character long", text + "0"),
                Bad("a letter that is not in the alphabet", "U" + text[1..]),
                Bad(
                    "a cause that does not exist",
                    (paused with { Cause = (Cause)31 }).Text(TestKeys.Code)
                ),
            ]
        );
    }

    public static JournalVectors Journal()
    {
        (string Name, string Type, string Data)[] events =
        [
            (
                "the first",
                "device.started.v1",
                """{"clock":{"boot":"b1","ms":5000},"program":"0.1.0"}"""
            ),
            ("blanks are part of it", "operator.attempt_failed.v1", """{ "operator": "op-1" }"""),
            ("so is how a text is escaped", "state.lost.v1", """{"problem":"\u738b 王 \"x\""}"""),
            ("an empty object", "x.y.v1", "{}"),
        ];
        List<JournalVector> vectors = [];
        var prev = JournalChain.Genesis;
        foreach (var (name, type, data) in events)
        {
            var seq = vectors.Count + 1;
            var at = $"2026-03-01T08:30:00.00{seq}Z";
            var hash = JournalChain.Hash(prev, seq, type, at, Encoding.UTF8.GetBytes(data));
            vectors.Add(new(name, seq, prev, type, at, data, hash));
            prev = hash;
        }
        return new("hash = hex(SHA-256(prev LF seq LF type LF at LF data)), all UTF-8", vectors);
    }

    public static ChainVectors Chain()
    {
        (string Name, LogRow Row)[] rows =
        [
            ("the first", Row(1, 1, 0, "terminal/7Q2M4K9X1B", "server", "", "{}")),
            (
                "not in Latin letters",
                Row(2, 1, 0, "case/甲", "王小明", "203.0.113.9", """{"note":"门店"}""")
            ),
            ("no data", Row(3, 2, 1, "terminal/7Q2M4K9X1B", "", "", "")),
            (
                "longer than a buffer",
                Row(4, 3, 3, "terminal/7Q2M4K9X1B", "a", "b", new string('x', 3000))
            ),
        ];
        List<ChainVector> vectors = [];
        var before = HashChain.Genesis;
        foreach (var (name, row) in rows)
        {
            var hash = new byte[HashChain.HashBytes];
            HashChain.Next(before, row, hash);
            vectors.Add(Vector(name, before, row, hash));
            before = hash;
        }
        return new(
            "SHA-256 over before (32 bytes), shard, seq, version, previous, at (8 bytes each, big-endian), then stream, type, actor, source, data, each after its length (4 bytes, big-endian)",
            vectors
        );
    }

    private static LogRow Row(
        long seq,
        long version,
        long previous,
        string stream,
        string actor,
        string source,
        string data
    ) =>
        new(
            2,
            seq,
            stream,
            version,
            previous,
            "terminal.reported.v1",
            1_772_353_800_000 + seq,
            actor,
            source,
            Encoding.UTF8.GetBytes(data)
        );

    private static ChainVector Vector(string name, byte[] before, LogRow row, byte[] hash) =>
        new(
            name,
            Convert.ToHexStringLower(before),
            row.Shard,
            row.Seq,
            row.Stream,
            row.Version,
            row.Previous,
            row.Type,
            row.At,
            row.Actor,
            row.Source,
            Base64Url.EncodeToString(row.Data.Span),
            Convert.ToHexStringLower(hash)
        );

    private static ChallengeVector Good(string name, Challenge challenge, string typed)
    {
        var text = challenge.Text(TestKeys.Code);
        return new(
            name,
            typed,
            text,
            Words.Of(challenge.Cause),
            challenge.Terminal,
            challenge.Lock,
            challenge.Nonce,
            OfflineCode.Compute(TestKeys.Code, text, CodeEffect.Release),
            OfflineCode.Compute(TestKeys.Code, text, CodeEffect.PasscodeReset)
        );
    }

    private static ChallengeVector Bad(string name, string typed) =>
        new(name, typed, null, null, null, null, null, null, null);

    private static string FullWidth(string text) =>
        string.Concat(text.Select(c => (char)(c + 0xFEE0)));
}
