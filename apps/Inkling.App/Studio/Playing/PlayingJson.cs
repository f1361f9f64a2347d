using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inkling.App.Studio.Playing;

/// <summary>The playground's messages as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(PlayingCommand))]
[JsonSerializable(typeof(PlayingAnswer))]
internal sealed partial class PlayingJson : JsonSerializerContext;
