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
    [HostOnly]
    public sealed class HostEngine : ITransformerEngine
    {
        private readonly HostHandle _handle;
        private GCHandle _window;

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
            ReleaseWindow();
            Check(HostLibrary.nfh_run(_handle, window, (nuint)window.Length, output, (nuint)output.Length));
        }

        /// <inheritdoc/>
        public void Run(sbyte[] window, sbyte[] output)
        {
            ArgumentNullException.ThrowIfNull(window);
            ArgumentNullException.ThrowIfNull(output);
            ReleaseWindow();
            Check(HostLibrary.nfh_run(_handle, window, (nuint)window.Length, output, (nuint)output.Length));
        }

        /// <inheritdoc/>
        public void Begin(Array window)
        {
            ArgumentNullException.ThrowIfNull(window);
            ReleaseWindow();
            _window = GCHandle.Alloc(window, GCHandleType.Pinned);
            Check(HostLibrary.nfh_begin(_handle, _window.AddrOfPinnedObject(), (nuint)window.Length));
        }

        /// <inheritdoc/>
        public int Continue(int operators, sbyte[] output)
        {
            ArgumentNullException.ThrowIfNull(output);
            Check(HostLibrary.nfh_continue(_handle, (uint)operators, output, (nuint)output.Length, out uint remaining));
            if (remaining == 0)
            {
                ReleaseWindow();
            }

            return (int)remaining;
        }

        /// <inheritdoc/>
        public void BeginStream()
        {
            ReleaseWindow();
            Check(HostLibrary.nfh_stream(_handle));
        }

        /// <inheritdoc/>
        public int Step(Array samples, int offset, int count, sbyte[] output)
        {
            ArgumentNullException.ThrowIfNull(samples);
            ArgumentNullException.ThrowIfNull(output);
            var pinned = GCHandle.Alloc(samples, GCHandleType.Pinned);
            try
            {
                IntPtr first = pinned.AddrOfPinnedObject() + (offset * Info.ValueBytes);
                Check(HostLibrary.nfh_step(_handle, first, (nuint)count, output, (nuint)output.Length, out uint steps));
                return (int)steps;
            }
            finally
            {
                pinned.Free();
            }
        }

        /// <inheritdoc/>
        public void SelfTest()
        {
            ReleaseWindow();
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
            ReleaseWindow();
        }

        // The engine reads the window of a run in slices until the run ends.
        private void ReleaseWindow()
        {
            if (_window.IsAllocated)
            {
                _window.Free();
            }
        }

        private ModelInfo ReadInfo()
        {
            int[] numbers = new int[ModelNumbers.Count];
            Check(HostLibrary.nfh_get_info(_handle, numbers));
            int channels = numbers[ModelNumbers.ChannelCount];
            int[] mantissas = new int[channels];
            int[] shifts = new int[channels];
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
            string[] texts = new string[count];
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
