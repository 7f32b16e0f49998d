using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.NetworkCheck;

/// <summary>A text in both languages.</summary>
internal sealed record BothLanguages<T>(T En, T Zh)
{
    public T In(CultureInfo language) => language.TwoLetterISOLanguageName == "zh" ? Zh : En;
}

/// <summary>What is said of a step. A file for a model says only what differs there.</summary>
internal sealed record StepAdvice(
    BothLanguages<string>? Title = null,
    BothLanguages<string>? Ok = null,
    BothLanguages<string>? Failed = null,
    BothLanguages<string>? Unknown = null,
    BothLanguages<IReadOnlyList<string>>? Fix = null
);

/// <param name="Models">The models it is for; <c>*</c> for all.</param>
/// <param name="Steps">By the word of the <see cref="NetworkStep"/>.</param>
internal sealed record AdviceFile(
    IReadOnlyList<string> Models,
    IReadOnlyDictionary<string, StepAdvice> Steps
);

/// <summary>
/// The words and fixes of the guided check, from <c>content/network/*.json</c>: those for every model, over them those for this one.
/// </summary>
internal sealed partial class NetworkAdvice
{
    private readonly List<AdviceFile> files;

    public NetworkAdvice(AgentOptions options, ILogger<NetworkAdvice> logger)
    {
        var folder = Path.Combine(
            options.Content ?? Path.Combine(AppContext.BaseDirectory, "content"),
            "network"
        );
        files =
        [
            .. Read(folder, logger)
                .Select(f => (File: f, Rank: RankOf(f, options.Model)))
                .Where(f => f.Rank is not null)
                .OrderByDescending(f => f.Rank)
                .Select(f => f.File),
        ];
    }

    public StepAdvice Of(NetworkStep step)
    {
        var word = Words.Of(step);
        var told = files.Select(f => f.Steps.GetValueOrDefault(word)).OfType<StepAdvice>().ToList();
        return new StepAdvice(
            told.Select(a => a.Title).FirstOrDefault(t => t is not null),
            told.Select(a => a.Ok).FirstOrDefault(t => t is not null),
            told.Select(a => a.Failed).FirstOrDefault(t => t is not null),
            told.Select(a => a.Unknown).FirstOrDefault(t => t is not null),
            told.Select(a => a.Fix).FirstOrDefault(t => t is not null)
        );
    }

    private static int? RankOf(AdviceFile file, string? model)
    {
        if (model is not null && file.Models.Contains(model, StringComparer.OrdinalIgnoreCase))
        {
            return 1;
        }
        return file.Models.Contains("*", StringComparer.Ordinal) ? 0 : null;
    }

    /// <summary>A file that cannot be read is left out and named: the check itself works without words.</summary>
    private static IEnumerable<AdviceFile> Read(string folder, ILogger logger)
    {
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            AdviceFile? file = null;
            try
            {
                file = JsonSerializer.Deserialize(
                    File.ReadAllBytes(path),
                    AdviceJson.Default.AdviceFile
                );
            }
            catch (Exception e) when (e is JsonException or IOException)
            {
                LogUnreadable(logger, path, e);
            }
            if (file is not null)
            {
                yield return file;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Path} cannot be read; its advice is left out.")]
    private static partial void LogUnreadable(ILogger logger, string path, Exception e);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(AdviceFile))]
internal sealed partial class AdviceJson : JsonSerializerContext;
