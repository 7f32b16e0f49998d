using System.Security.Cryptography;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Tests.Secrets;

public sealed class PersonalDataTests : IDisposable
{
    private static readonly byte[] Data =
        """{"name":"王小明","phone":"+86 13800000000"}"""u8.ToArray();
    private readonly TempFolder folder = new();
    private readonly PersonalData personal;

    public PersonalDataTests() => personal = new PersonalData(folder.MasterKey());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_row_opens_again_after_a_restart()
    {
        var made = personal.Seal("p1", Data);

        Assert.Equal(Data, new PersonalData(folder.MasterKey()).Open("p1", made.Row));
        Assert.Equal(-1, made.Row.AsSpan().IndexOf("phone"u8));
    }

    [Fact]
    public void Every_altered_byte_is_found()
    {
        var row = personal.Seal("p1", Data).Row;
        for (var i = 0; i < row.Length; i++)
        {
            row[i] ^= 0x10;
            Assert.ThrowsAny<CryptographicException>(() => personal.Open("p1", row));
            row[i] ^= 0x10;
        }
        Assert.Equal(Data, personal.Open("p1", row));
    }

    [Fact]
    public void A_row_cut_short_is_refused()
    {
        var row = personal.Seal("p1", Data).Row;
        for (var length = 0; length < row.Length; length++)
        {
            Assert.ThrowsAny<CryptographicException>(() =>
                personal.Open("p1", row.AsSpan(0, length))
            );
        }
    }

    [Fact]
    public void One_persons_row_is_worthless_under_another_id()
    {
        var row = personal.Seal("p1", Data).Row;
        Assert.ThrowsAny<CryptographicException>(() => personal.Open("p2", row));
    }

    [Fact]
    public void Two_rows_cannot_lend_each_other_their_keys()
    {
        var one = personal.Seal("p1", Data).Row;
        var two = personal.Seal("p1", Data).Row;
        var keyEnds = one.Length - Data.Length - SealedBox.Overhead;
        Assert.ThrowsAny<CryptographicException>(() =>
            personal.Open("p1", [.. one.AsSpan(0, keyEnds), .. two.AsSpan(keyEnds)])
        );
    }

    [Fact]
    public void The_commitment_proves_what_the_row_held()
    {
        var made = personal.Seal("p1", Data);
        var other = personal.Seal("p1", [.. Data, (byte)' ']);

        Assert.Matches("^[0-9a-f]{64}$", made.Commitment);
        Assert.True(personal.Matches("p1", made.Row, made.Commitment));
        Assert.False(personal.Matches("p1", other.Row, made.Commitment));
    }

    /// <summary>With the row its key is gone: the same data, sealed again even with the master key, does not lead back to it.</summary>
    [Fact]
    public void Without_the_row_a_commitment_cannot_be_tried_against_guesses()
    {
        var erased = personal.Seal("p1", Data).Commitment;
        var guess = personal.Seal("p1", Data);

        Assert.NotEqual(erased, guess.Commitment);
        Assert.False(personal.Matches("p1", guess.Row, erased));
        Assert.NotEqual(
            erased,
            Convert.ToHexStringLower(folder.MasterKey().Commit(Data, "personal-data/p1"))
        );
    }
}
