namespace Inkling.App.Web;

/// <summary>What <c>GET /v1/health</c> answers.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Model">The model's name.</param>
/// <param name="MemoryMB">Memory of the process (working set), in megabytes of 1,000,000 bytes.</param>
public sealed record HealthAnswer(string Status, string Version, string Model, double MemoryMB);
