using NanoFormer.Interop;

namespace NanoFormer.Cli.Tests.Images;

/// <summary>Windows as the model takes them: those of an int8 model come as int16, too.</summary>
internal static class InputWindows
{
    /// <summary>Runs a window.</summary>
    public static void Run(ITransformerEngine engine, short[] window, sbyte[] output)
    {
        if (engine.Info.ValueBytes == sizeof(short))
        {
            engine.Run(window, output);
            return;
        }

        engine.Run(Array.ConvertAll(window, value => (sbyte)value), output);
    }
}
