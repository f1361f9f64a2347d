using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inkling.App.Studio.Playing;

/// <summary>What panels are told, as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RaceAnswer))]
[JsonSerializable(typeof(LayersAnswer))]
[JsonSerializable(typeof(SampleAnswer))]
[JsonSerializable(typeof(SurfaceAnswer))]
[JsonSerializable(typeof(ScrubAnswer))]
[JsonSerializable(typeof(SweepAnswer))]
internal sealed partial class InsightJson : JsonSerializerContext;
