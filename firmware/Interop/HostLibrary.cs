#if !NANOFRAMEWORK_1_0
using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

namespace NanoFormer.Interop
{
    /// <summary>The engine's C functions (native-interop/ports/host/host.h) and where their library lies.</summary>
    [HostOnly]
    internal static class HostLibrary
    {
        /// <summary>Environment variable with the library's full path.</summary>
        internal const string PathVariable = "NANOFORMER_NATIVE";

        private const string Name = "nanoformer";

        static HostLibrary()
        {
            NativeLibrary.SetDllImportResolver(typeof(HostLibrary).Assembly, Resolve);
        }

        [DllImport(Name)]
        internal static extern int nfh_open(byte[] image, nuint bytes, out IntPtr engine);

        [DllImport(Name)]
        internal static extern void nfh_close(IntPtr engine);

        [DllImport(Name)]
        internal static extern int nfh_get_info(HostHandle engine, [Out] int[] info);

        [DllImport(Name)]
        internal static extern IntPtr nfh_model_id(HostHandle engine);

        [DllImport(Name)]
        internal static extern IntPtr nfh_label(HostHandle engine, uint index);

        [DllImport(Name)]
        internal static extern IntPtr nfh_channel_name(HostHandle engine, uint index);

        [DllImport(Name)]
        internal static extern IntPtr nfh_channel_unit(HostHandle engine, uint index);

        [DllImport(Name)]
        internal static extern int nfh_channel_scale(HostHandle engine, uint index, out int mantissa, out int shift);

        [DllImport(Name)]
        internal static extern int nfh_run(HostHandle engine, short[] window, nuint values, [Out] sbyte[] output, nuint outputs);

        [DllImport(Name)]
        internal static extern int nfh_run(HostHandle engine, sbyte[] window, nuint values, [Out] sbyte[] output, nuint outputs);

        [DllImport(Name)]
        internal static extern int nfh_begin(HostHandle engine, IntPtr window, nuint values);

        [DllImport(Name)]
        internal static extern int nfh_continue(
            HostHandle engine, uint slices, [In, Out] sbyte[] output, nuint outputs, out uint remaining);

        [DllImport(Name)]
        internal static extern int nfh_stream(HostHandle engine);

        [DllImport(Name)]
        internal static extern int nfh_step(
            HostHandle engine, IntPtr samples, nuint values, [In, Out] sbyte[] output, nuint outputs, out uint steps);

        [DllImport(Name)]
        internal static extern int nfh_self_test(HostHandle engine, out uint failedVector);

        [DllImport(Name)]
        internal static extern int nfh_capture_open(int[] settings, int[] channels, uint channelCount, out IntPtr capture);

        [DllImport(Name)]
        internal static extern void nfh_capture_close(IntPtr capture);

        [DllImport(Name)]
        internal static extern int nfh_capture_start(HostCaptureHandle capture, long nowMicroseconds);

        [DllImport(Name)]
        internal static extern int nfh_capture_stop(HostCaptureHandle capture, long nowMicroseconds);

        [DllImport(Name)]
        internal static extern int nfh_capture_pending(HostCaptureHandle capture, out HostTransfer transfer);

        [DllImport(Name)]
        internal static extern int nfh_capture_finish(HostCaptureHandle capture, long nowMicroseconds, int result, byte[] data);

        [DllImport(Name)]
        internal static extern int nfh_capture_alarm(HostCaptureHandle capture, long nowMicroseconds);

        [DllImport(Name)]
        internal static extern long nfh_capture_next_alarm(HostCaptureHandle capture);

        [DllImport(Name)]
        internal static extern int nfh_capture_next(HostCaptureHandle capture, long nowMicroseconds, [Out] long[] facts);

        [DllImport(Name)]
        internal static extern IntPtr nfh_capture_window(HostCaptureHandle capture, out uint values);

        [DllImport(Name)]
        internal static extern int nfh_capture_get_bias(HostCaptureHandle capture, [Out] int[] bias);

        [DllImport(Name)]
        internal static extern int nfh_capture_set_bias(HostCaptureHandle capture, int[] bias);

        [DllImport(Name)]
        internal static extern int nfh_capture_totals(HostCaptureHandle capture, [Out] long[] totals);

        [DllImport(Name)]
        internal static extern int nfh_log_line(
            [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string[] keys,
            long[] numbers,
            [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string[] texts,
            uint count,
            short[] values,
            uint valueCount,
            [Out] byte[] line,
            uint room);

        private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
        {
            if (name != Name)
            {
                return IntPtr.Zero;
            }

            string configured = Environment.GetEnvironmentVariable(PathVariable);
            if (!string.IsNullOrEmpty(configured))
            {
                return NativeLibrary.Load(configured);
            }

            string beside = Path.Combine(AppContext.BaseDirectory, FileName());
            return File.Exists(beside) ? NativeLibrary.Load(beside) : IntPtr.Zero;
        }

        private static string FileName()
        {
            if (OperatingSystem.IsWindows())
            {
                return Name + ".dll";
            }

            return "lib" + Name + (OperatingSystem.IsMacOS() ? ".dylib" : ".so");
        }
    }
}
#endif
