using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Inkling.App.Commands;
using Inkling.App.Searching;
using Inkling.App.Studio.Searching;
using Inkling.App.Training;
using Inkling.App.Tuning;
using Inkling.App.Web;
using Inkling.App.Words;
using Inkling.Mail;
using Microsoft.AspNetCore.Mvc;

namespace Inkling.App.Running;

/// <summary>Everything the program reads and writes as JSON, without reflection at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(UserSettings))]
[JsonSerializable(typeof(CompletionBody))]
[JsonSerializable(typeof(CompletionAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(TrainAnswer))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(TuneAnswer))]
[JsonSerializable(typeof(TunedTrial))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(SearchAnswer[]))]
[JsonSerializable(typeof(IndexAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(BeforeBody))]
[JsonSerializable(typeof(BeforeAnswer))]
[JsonSerializable(typeof(OnnxTestAnswer))]
[JsonSerializable(typeof(OnnxExportAnswer))]
[JsonSerializable(typeof(ScoredTextAnswer[]))]
[JsonSerializable(typeof(VectorsAnswer))]
internal sealed partial class AppJson : JsonSerializerContext
{
    /// <summary>The same types, indented and with readable non-ASCII letters: for people and standard output, never for a web page.</summary>
    public static AppJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
