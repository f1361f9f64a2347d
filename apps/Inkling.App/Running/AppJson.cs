using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inkling.App.Running;

/// <summary>Everything the program reads and writes as JSON, without reflection at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false)]
[JsonSerializable(typeof(UserSettings))]
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
