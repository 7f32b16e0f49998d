using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Device;

/// <summary>
/// What is kept of a passcode: PBKDF2-HMAC-SHA256 over the passcode keyed with the terminal's own secret, so that a stolen
/// journal alone cannot be guessed against (NIST SP 800-63B-4 3.1.1.2). Never leaves the terminal.
/// </summary>
public sealed record PasscodeVerifier(byte[] Salt, int Iterations, byte[] Hash)
{
    public const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static PasscodeVerifier Create(
        string passcode,
        byte[] salt,
        ReadOnlySpan<byte> terminalSecret,
        int iterations
    ) => new(salt, iterations, Derive(passcode, salt, terminalSecret, iterations));

    public bool Matches(string passcode, ReadOnlySpan<byte> terminalSecret) =>
        CryptographicOperations.FixedTimeEquals(
            Hash,
            Derive(passcode, Salt, terminalSecret, Iterations)
        );

    private static byte[] Derive(
        string passcode,
        byte[] salt,
        ReadOnlySpan<byte> terminalSecret,
        int iterations
    )
    {
        var keyed = HMACSHA256.HashData(terminalSecret, Encoding.UTF8.GetBytes(passcode));
        return Rfc2898DeriveBytes.Pbkdf2(
            keyed,
            salt,
            iterations,
            HashAlgorithmName.SHA256,
            HashBytes
        );
    }
}

/// <summary>Which staff passcodes are too weak to be set.</summary>
public static class PasscodeStrength
{
    /// <summary>A refusal naming what is wrong with it, or null. Digits only: it is typed on a keypad.</summary>
    public static Refusal? Check(string? passcode, string operatorName, PasscodeRule rule)
    {
        if (
            passcode is null
            || passcode.Length < rule.MinLength
            || passcode.Length > PasscodeRule.MaxLength
        )
        {
            return Weak($"Use {rule.MinLength} to {PasscodeRule.MaxLength} digits.");
        }
        if (!passcode.All(char.IsAsciiDigit))
        {
            return Weak("Use digits only.");
        }
        if (IsTrivial(passcode))
        {
            return Weak("Avoid runs, repeats and patterns such as 123456, 111111 or 121212.");
        }
        return
            operatorName.Length >= 3
            && passcode.Contains(operatorName, StringComparison.OrdinalIgnoreCase)
            ? Weak("Do not use the operator's own number.")
            : null;
    }

    public static Refusal Reused(PasscodeRule rule) =>
        Weak($"Do not use one of the last {rule.History} passcodes again.");

    private static bool IsTrivial(string passcode)
    {
        var steps = passcode.Zip(passcode.Skip(1), (a, b) => (b - a + 10) % 10).ToArray();
        // All the same, up, down: 111111, 123456 (and over the 0), 987654.
        if (steps.Distinct().ToArray() is [0 or 1 or 9])
        {
            return true;
        }
        // A short piece repeated: 121212, 123123, and pairs in a row: 112233.
        var repeats = Enumerable
            .Range(1, passcode.Length / 2)
            .Any(size =>
                passcode.Length % size == 0
                && Enumerable
                    .Range(size, passcode.Length - size)
                    .All(i => passcode[i] == passcode[i - size])
            );
        return repeats || passcode.Distinct().Count() <= 2 || IsPairsInARow(passcode);
    }

    private static bool IsPairsInARow(string passcode) =>
        passcode.Length % 2 == 0
        && passcode.Chunk(2).All(pair => pair[0] == pair[1])
        && passcode.Chunk(2).Select(pair => pair[0]).ToArray() is var digits
        && digits.Zip(digits.Skip(1), (a, b) => (b - a + 10) % 10).Distinct().ToArray() is [1 or 9];

    private static Refusal Weak(string detail) =>
        new(RefusalKind.Invalid, "weak_passcode", detail, "passcode");
}
