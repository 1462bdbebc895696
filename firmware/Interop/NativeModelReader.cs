#if NANOFRAMEWORK_1_0
namespace NanoFormer.Interop
{
    /// <summary>Collects a <see cref="ModelInfo"/> from the engine inside nanoCLR.</summary>
    internal static class NativeModelReader
    {
        internal static ModelInfo Read(int handle)
        {
            int[] numbers = new int[ModelNumbers.Count];
            NativeTransformer.GetNumbers(handle, numbers);
            int channels = numbers[ModelNumbers.ChannelCount];
            int[] mantissas = new int[channels];
            int[] shifts = new int[channels];
            int[] scale = new int[2];
            for (int i = 0; i < channels; i++)
            {
                NativeTransformer.GetScale(handle, i, scale);
                mantissas[i] = scale[0];
                shifts[i] = scale[1];
            }

            return new ModelInfo(
                NativeTransformer.GetText(handle, NativeTransformer.ModelIdText, 0),
                numbers,
                Texts(handle, NativeTransformer.LabelText, numbers[ModelNumbers.LabelCount]),
                Texts(handle, NativeTransformer.ChannelNameText, channels),
                Texts(handle, NativeTransformer.ChannelUnitText, channels),
                mantissas,
                shifts);
        }

        private static string[] Texts(int handle, int kind, int count)
        {
            string[] texts = new string[count];
            for (int i = 0; i < count; i++)
            {
                texts[i] = NativeTransformer.GetText(handle, kind, i);
            }

            return texts;
        }
    }
}
#endif
