using NanoFormer.Data;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Whole recordings with postures held until a movement, replayed by the firmware's own gate.</summary>
/// <param name="windows">The windows, those of a recording one after the other.</param>
/// <param name="hopSamples">Samples from one to the next; less than a window, as a recording is known by what its windows share.</param>
internal sealed class HeldPostures(WindowSet windows, int hopSamples)
{
    /// <summary>The class that a device would answer after each window, an index into the class names; every answer is believed.</summary>
    /// <param name="model">The model; it has postures.</param>
    /// <param name="outputs">Its outputs for each window.</param>
    public int[] Answers(ModelInfo model, IReadOnlyList<sbyte[]> outputs)
    {
        var gate = new ConfidenceGate(0, voters: 1, new PostureMemory(model.Postures, model.ClassCount));
        int[] classOf = Predictions.ClassesOf(model, windows.ClassNames);
        int[] answers = new int[windows.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            if (!Follows(i))
            {
                gate.Restart();
            }

            gate.Judge(outputs[i], model.ClassCount, PostureMemory.SeesMovement(model, Stillness.IsStill(windows, i)));
            answers[i] = classOf[gate.Answer];
        }

        return answers;
    }

    /// <summary>Whether a window's beginning is the end of the window before it.</summary>
    private bool Follows(int index)
    {
        int hop = hopSamples * windows.Channels.Count;
        return index > 0 && hop < windows.WindowValues && windows.Window(index)[..^hop].SequenceEqual(windows.Window(index - 1)[hop..]);
    }
}

/// <summary>What holding postures changes.</summary>
/// <param name="Windows">Windows judged.</param>
/// <param name="Own">Part of them in which the model alone is right, 0..1.</param>
/// <param name="Held">Part of them in which the device is right, 0..1.</param>
internal sealed record HeldAccuracy(int Windows, double Own, double Held)
{
    /// <summary>Counts over windows that are judged; null without any.</summary>
    public static HeldAccuracy? Of(WindowSet windows, Func<int, bool> isJudged, int[] own, int[] held)
    {
        int[] judged = [.. Enumerable.Range(0, windows.Count).Where(isJudged)];
        return judged.Length == 0 ? null : new HeldAccuracy(judged.Length, Predictions.Right(windows, judged, own), Predictions.Right(windows, judged, held));
    }
}
