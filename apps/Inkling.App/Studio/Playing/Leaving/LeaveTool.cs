using System.Text.Json;
using Inkling.Onnx;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing.Leaving;

/// <summary>Hands the network out as files: <c>leave/safetensors</c> and <c>leave/onnx</c> are answered with the file's name and its bytes.</summary>
internal sealed class LeaveTool(IPlayingDesk desk) : PlayingTool(desk)
{
    /// <inheritdoc/>
    public override string Name => "leave";

    /// <inheritdoc/>
    public override void Handle(string verb, PlayingCommand command)
    {
        try
        {
            switch (verb)
            {
                case "safetensors": Tell("network.safetensors", NetworkFiles.Safetensors(Desk.Run)); break;
                case "onnx": Tell("network.onnx", NetworkFiles.Onnx(Desk.Run)); break;
                default: Desk.Tell("leave/problem", JsonSerializer.SerializeToElement(new LeaveAnswer("The page asked for a kind of file this program does not know. Load the page again."), LeaveJson.Default.LeaveAnswer)); break;
            }
        }
        catch (OnnxUnsupportedException problem)
        {
            Desk.Tell("leave/problem", JsonSerializer.SerializeToElement(new LeaveAnswer(problem.Message), LeaveJson.Default.LeaveAnswer));
        }
    }

    private void Tell(string name, byte[] bytes) => Desk.Tell("leave/file", JsonSerializer.SerializeToElement(new LeaveAnswer(name), LeaveJson.Default.LeaveAnswer), bytes);
}
