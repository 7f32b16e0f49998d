using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Tillkeeper.Core;

namespace Tillkeeper.Server.People.SignIn;

/// <summary>
/// Passwords of people: at least 12 characters of any kind (PCI DSS 4.0 8.3.6), none of the very common, not the login, not one of the last
/// four (8.3.7). Kept as the framework keeps them, PBKDF2 with HMAC-SHA-512 and 210,000 rounds (OWASP Password Storage Cheat Sheet).
/// </summary>
internal sealed class Passwords
{
    public const int Shortest = 12;
    public const int Longest = 128;
    public const int Remembered = 4;
    private const int Rounds = 210_000;

    private static readonly FrozenSet<string> Common = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "123456789012",
        "1234567890123",
        "password1234",
        "passwordpassword",
        "password12345",
        "qwertyuiop12",
        "qwertyuiop123",
        "administrator",
        "administrator1",
        "woaini123456",
        "woaini1314520",
        "1qaz2wsx3edc",
        "1q2w3e4r5t6y",
        "abc123456789",
        "a12345678910",
        "letmeinletmein",
        "iloveyou1234",
        "tillkeeper123",
        "changeme1234"
    );

    private readonly PasswordHasher<string> hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = Rounds })
    );

    /// <summary>What an account without a password is compared with, so that a stranger's name takes as long as a colleague's.</summary>
    private readonly string nobodys;

    public Passwords() => nobodys = hasher.HashPassword("", Guid.NewGuid().ToString());

    public string Hash(string password) => hasher.HashPassword("", Normal(password));

    /// <summary>The same work for everybody; false when there is nothing to compare with.</summary>
    public bool IsRight(string? hash, string presented) =>
        hasher.VerifyHashedPassword("", hash ?? nobodys, Normal(presented))
            is not PasswordVerificationResult.Failed
        && hash is not null;

    /// <param name="former">Hashes of the last ones.</param>
    public Refusal? Check(string password, string login, IReadOnlyList<string> former)
    {
        var length = Normal(password).EnumerateRunes().Count();
        if (length < Shortest || password.Length > Longest)
        {
            return Refusal.Invalid(
                "password",
                $"Use {Shortest} to {Longest} characters; a sentence is good."
            );
        }
        var plain = password.Trim();
        if (
            Common.Contains(plain)
            || plain.Distinct().Count() < 5
            || plain.Contains(login, StringComparison.OrdinalIgnoreCase)
        )
        {
            return new Refusal(
                RefusalKind.Invalid,
                "password_too_common",
                "This password is too easy to guess; use one of your own, without your login.",
                "password"
            );
        }
        return former.Any(hash => IsRight(hash, password))
            ? new Refusal(
                RefusalKind.Invalid,
                "password_used_before",
                $"This was one of your last {Remembered} passwords; use another.",
                "password"
            )
            : null;
    }

    /// <summary>The same however a keyboard composes it (NIST SP 800-63B-4, 3.1.1.2).</summary>
    private static string Normal(string password) =>
        password.IsNormalized(NormalizationForm.FormKC)
            ? password
            : password.Normalize(NormalizationForm.FormKC);
}
