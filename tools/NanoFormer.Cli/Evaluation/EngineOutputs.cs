using NanoFormer.Data;
using NanoFormer.Interop;

namespace NanoFormer.Cli.Evaluation;

/// <summary>Runs an engine over windows.</summary>
internal static class EngineOutputs
{
    /// <summary>The outputs of every window, int8 <c>[n][outputs]</c>; <paramref name="done"/> is told how many are through.</summary>
    public static sbyte[][] Of(ITransformerEngine engine, WindowSet windows, Action<int> done)
    {
        sbyte[][] outputs = new sbyte[windows.Count][];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new sbyte[engine.Info.OutputCount];
            Run(engine, windows.Window(i), outputs[i]);
            done(i + 1);
        }

        return outputs;
    }

    private static void Run(ITransformerEngine engine, ReadOnlySpan<short> window, sbyte[] output)
    {
        if (engine.Info.ValueBytes == sizeof(short))
        {
            engine.Run(window.ToArray(), output);
            return;
        }

        sbyte[] bytes = new sbyte[window.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (sbyte)Math.Clamp(window[i], sbyte.MinValue, sbyte.MaxValue);
        }

        engine.Run(bytes, output);
    }
}
