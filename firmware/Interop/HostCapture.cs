#if !NANOFRAMEWORK_1_0
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace NanoFormer.Interop
{
    /// <summary>The native path as a library of the host: the C code that ships, on a port of this machine or of a simulated board.</summary>
    [HostOnly]
    public sealed class HostCapture : PortCapture
    {
        private readonly HostCaptureHandle _handle;
        private readonly short[] _window;
        private readonly Dictionary<int, byte[]> _buffers = new Dictionary<int, byte[]>();

        /// <summary>Opens a capture; touches no register.</summary>
        /// <exception cref="ArgumentException">A setting is out of range.</exception>
        /// <exception cref="DllNotFoundException">The library is nowhere, see <see cref="HostEngine"/>.</exception>
        public HostCapture(CaptureSettings settings, ICapturePort port)
            : base(port)
        {
            ArgumentNullException.ThrowIfNull(settings);
            ChannelCount = settings.Sources.Length;
            int status = HostLibrary.nfh_capture_open(
                settings.ToNumbers(), settings.ChannelNumbers(), (uint)ChannelCount, out IntPtr capture);
            Check(status);
            _handle = new HostCaptureHandle(capture);
            _window = new short[settings.WindowSamples * ChannelCount];
        }

        /// <inheritdoc/>
        public override int ChannelCount { get; }

        /// <summary>A copy of the window; engines of .NET take arrays.</summary>
        public override short[] Window
        {
            get
            {
                Marshal.Copy(HostLibrary.nfh_capture_window(_handle, out uint values), _window, 0, (int)values);
                return _window;
            }
        }

        /// <inheritdoc/>
        protected override long NextAlarm
        {
            get { return HostLibrary.nfh_capture_next_alarm(_handle); }
        }

        /// <inheritdoc/>
        public override void GetBias(int[] bias)
        {
            Check(HostLibrary.nfh_capture_get_bias(_handle, bias));
        }

        /// <inheritdoc/>
        public override void SetBias(int[] bias)
        {
            Check(HostLibrary.nfh_capture_set_bias(_handle, bias));
        }

        /// <inheritdoc/>
        public override void GetTotals(long[] numbers)
        {
            Check(HostLibrary.nfh_capture_totals(_handle, numbers));
        }

        /// <inheritdoc/>
        protected override void Begin()
        {
            Check(HostLibrary.nfh_capture_start(_handle, Port.Microseconds));
        }

        /// <inheritdoc/>
        protected override void End()
        {
            Check(HostLibrary.nfh_capture_stop(_handle, Port.Microseconds));
        }

        /// <inheritdoc/>
        protected override void Alarm()
        {
            Check(HostLibrary.nfh_capture_alarm(_handle, Port.Microseconds));
        }

        /// <inheritdoc/>
        protected override void Transfer()
        {
            while (HostLibrary.nfh_capture_pending(_handle, out var asked) == 0 && asked.Kind != HostTransfer.None)
            {
                byte[] data = Array.Empty<byte>();
                CaptureTransfer result;
                if (asked.Kind == HostTransfer.Write)
                {
                    result = Port.Write(asked.Register, asked.Value);
                }
                else
                {
                    data = BufferOf(asked.Bytes);
                    result = Port.Read(asked.Register, data);
                }

                Check(HostLibrary.nfh_capture_finish(_handle, Port.Microseconds, (int)result, data));
            }
        }

        /// <inheritdoc/>
        protected override CaptureEvent Next(long[] facts)
        {
            return (CaptureEvent)HostLibrary.nfh_capture_next(_handle, Port.Microseconds, facts);
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            _handle.Dispose();
            base.Dispose(disposing);
        }

        // Bursts come in a few sizes, again and again.
        private byte[] BufferOf(int bytes)
        {
            if (!_buffers.TryGetValue(bytes, out byte[] buffer))
            {
                buffer = new byte[bytes];
                _buffers.Add(bytes, buffer);
            }

            return buffer;
        }

        private static void Check(int status)
        {
            if (status != 0)
            {
                throw new ArgumentException("The native path refused the call: " + EngineStatus.NameOf(status) + ".");
            }
        }
    }
}
#endif
