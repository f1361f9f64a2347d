using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inkling.App.Studio.Playing.Letters;

/// <summary>The messages of letters as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LettersAnswer))]
internal sealed partial class LettersJson : JsonSerializerContext;
