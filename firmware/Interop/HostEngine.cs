#if !NANOFRAMEWORK_1_0
using System;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NanoFormer.Interop
{
    /// <summary>The C engine as a library of the host.</summary>
    /// <remarks>
    /// The library is looked for at the full path in the environment variable NANOFORMER_NATIVE, then beside the program, then
    /// where the system looks; a <see cref="DllNotFoundException"/> says that it is nowhere.
    /// </remarks>
    public sealed class HostEngine : ITransformerEngine
    {
        private readonly HostHandle _handle;

        /// <summary>Copies and validates a model image.</summary>
        /// <exception cref="TransformerException">The image is refused.</exception>
        public HostEngine(byte[] image)
        {
            ArgumentNullException.ThrowIfNull(image);
            Check(HostLibrary.nfh_open(image, (nuint)image.Length, out IntPtr engine));
            _handle = new HostHandle(engine);
            Info = ReadInfo();
        }

        /// <inheritdoc/>
        public ModelInfo Info { get; }

        /// <inheritdoc/>
        public void Run(short[] window, sbyte[] output)
        {
            ArgumentNullException.ThrowIfNull(window);
            ArgumentNullException.ThrowIfNull(output);
            Check(HostLibrary.nfh_run(_handle, window, (nuint)window.Length, output, (nuint)output.Length));
        }

        /// <inheritdoc/>
        public void SelfTest()
        {
            int status = HostLibrary.nfh_self_test(_handle, out uint failed);
            if (status == EngineStatus.SelfTestFailed)
            {
                string vector = failed.ToString(CultureInfo.InvariantCulture);
                throw new TransformerException(status, "Test vector " + vector + " of the image gave other bytes.");
            }

            Check(status);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _handle.Dispose();
        }

        private ModelInfo ReadInfo()
        {
            var numbers = new int[ModelNumbers.Count];
            Check(HostLibrary.nfh_get_info(_handle, numbers));
            int channels = numbers[ModelNumbers.ChannelCount];
            var mantissas = new int[channels];
            var shifts = new int[channels];
            for (int i = 0; i < channels; i++)
            {
                Check(HostLibrary.nfh_channel_scale(_handle, (uint)i, out mantissas[i], out shifts[i]));
            }

            return new ModelInfo(
                Text(HostLibrary.nfh_model_id(_handle)),
                numbers,
                Texts(numbers[ModelNumbers.LabelCount], i => HostLibrary.nfh_label(_handle, i)),
                Texts(channels, i => HostLibrary.nfh_channel_name(_handle, i)),
                Texts(channels, i => HostLibrary.nfh_channel_unit(_handle, i)),
                mantissas,
                shifts);
        }

        private static string[] Texts(int count, Func<uint, IntPtr> text)
        {
            var texts = new string[count];
            for (int i = 0; i < count; i++)
            {
                texts[i] = Text(text((uint)i));
            }

            return texts;
        }

        private static string Text(IntPtr text)
        {
            return Marshal.PtrToStringUTF8(text);
        }

        private static void Check(int status)
        {
            if (status != EngineStatus.Ok)
            {
                throw new TransformerException(status);
            }
        }
    }
}
#endif
