using System.Text.Json.Serialization;

namespace Inkling.App.Studio.Learning;

/// <summary>How what learning stores is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ModelStory))]
internal sealed partial class LearningJson : JsonSerializerContext;
