using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>Hands every step of a training on, one after another.</summary>
internal sealed class Listener(Action<TrainingProgress> listen) : IProgress<TrainingProgress>
{
    private readonly Lock _lock = new();

    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            listen(value);
        }
    }
}
