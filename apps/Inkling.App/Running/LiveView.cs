using Spectre.Console;
using Spectre.Console.Rendering;
using Label = Spectre.Console.Text;

namespace Inkling.App.Running;

/// <summary>Something on the terminal, on standard error, that is redrawn a few times a second until it is disposed of.</summary>
/// <param name="console">Where to; null for standard error.</param>
internal abstract class LiveView(IAnsiConsole? console = null) : IDisposable
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(250);

    private readonly IAnsiConsole _console = console ?? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly CancellationTokenSource _end = new();
    private Task _drawing = Task.CompletedTask;

    /// <summary>Held while it is drawn, and while what is drawn changes.</summary>
    protected Lock Drawn { get; } = new();

    /// <summary>Whether Ctrl+C was pressed.</summary>
    protected bool IsStopping { get; private set; }

    /// <summary>Ctrl+C was pressed: it says so from now on.</summary>
    public void Stopping()
    {
        lock (Drawn) IsStopping = true;
    }

    /// <summary>Draws a last time and ends.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _drawing.Wait();
        _end.Dispose();
    }

    /// <summary>Starts drawing: the last thing that a constructor does.</summary>
    protected void Start() => _drawing = Task.Run(DrawAsync);

    /// <summary>What is to be seen now; called with <see cref="Drawn"/> held.</summary>
    protected abstract IRenderable Render();

    private Task DrawAsync() => _console.Live(new Label("")).AutoClear(false).StartAsync(async live =>
    {
        while (!_end.IsCancellationRequested)
        {
            Draw(live);
            await Task.Delay(s_refresh, _end.Token).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }

        Draw(live);
    });

    private void Draw(LiveDisplayContext live)
    {
        lock (Drawn) live.UpdateTarget(Render());
        live.Refresh();
    }
}
