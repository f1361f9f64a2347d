using System.Text.Json;
using System.Text.Json.Serialization;

namespace Inkling.App.Studio.Playing.Leaving;

/// <summary>What <see cref="LeaveTool"/> says.</summary>
/// <param name="Text">The file's name, or what went wrong.</param>
internal sealed record LeaveAnswer(string Text);

/// <summary>It as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LeaveAnswer))]
internal sealed partial class LeaveJson : JsonSerializerContext;
