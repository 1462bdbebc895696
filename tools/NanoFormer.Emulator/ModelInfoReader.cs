using NanoFormer.Interop;

namespace NanoFormer.Emulator;

/// <summary>Reads the answer to INFO.</summary>
internal static class ModelInfoReader
{
    /// <summary>The model that the core describes.</summary>
    /// <exception cref="EmulatorException">The answer is shorter than the protocol says.</exception>
    public static ModelInfo Read(byte[] answer)
    {
        var reader = new ReplyReader(answer);
        int[] numbers = new int[ModelNumbers.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.ReadInt32();
        }

        int channels = numbers[ModelNumbers.ChannelCount];
        int[] mantissas = new int[channels];
        int[] shifts = new int[channels];
        for (int i = 0; i < channels; i++)
        {
            mantissas[i] = reader.ReadInt32();
            shifts[i] = reader.ReadInt32();
        }

        string modelId = reader.ReadText();
        string[] labels = reader.ReadTexts(numbers[ModelNumbers.LabelCount]);
        string[] namesAndUnits = reader.ReadTexts(2 * channels);
        string[] names = [.. namesAndUnits.Where((_, i) => i % 2 == 0)];
        string[] units = [.. namesAndUnits.Where((_, i) => i % 2 == 1)];
        return new ModelInfo(modelId, numbers, labels, names, units, mantissas, shifts);
    }
}
