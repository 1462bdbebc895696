#if NANOFRAMEWORK_1_0
using System;

namespace NanoFormer.Interop
{
    /// <summary>A model opened in the engine inside nanoCLR, which checks the arguments.</summary>
    internal sealed class EngineSession : IDisposable
    {
        private readonly int _handle;
        private Array _window;

        /// <summary>Takes what an Open of <see cref="NativeTransformer"/> gave: a handle or a status.</summary>
        internal EngineSession(int handle)
        {
            _handle = Check(handle);
            Info = NativeModelReader.Read(_handle);
        }

        /// <summary>A forgotten transformer must not keep its memory.</summary>
        ~EngineSession()
        {
            NativeTransformer.Close(_handle);
        }

        internal ModelInfo Info { get; }

        internal void Run(Array window, sbyte[] output)
        {
            _window = null;
            Check(NativeTransformer.Run(_handle, window, output));
        }

        // There is one capture, and the firmware knows it.
        internal void Run(Capture capture, sbyte[] output)
        {
            _window = null;
            Check(NativeTransformer.RunCapture(_handle, output));
        }

        internal void Begin(Array window)
        {
            _window = null;
            Check(NativeTransformer.Begin(_handle, window));
            _window = window;
        }

        internal int Continue(int operators, sbyte[] output)
        {
            int remaining = Check(NativeTransformer.Continue(_handle, _window, operators, output));
            if (remaining == 0)
            {
                _window = null;
            }

            return remaining;
        }

        internal void BeginStream()
        {
            Check(NativeTransformer.BeginStream(_handle));
            _window = null;
        }

        internal int Step(Array samples, int offset, int count, sbyte[] output)
        {
            return Check(NativeTransformer.Step(_handle, samples, offset, count, output));
        }

        internal void SelfTest()
        {
            _window = null;
            Check(NativeTransformer.SelfTest(_handle));
        }

        internal TransformerStatistics GetStatistics()
        {
            long[] numbers = new long[TransformerStatistics.Count];
            NativeTransformer.GetStatistics(_handle, numbers);
            return new TransformerStatistics(numbers);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            NativeTransformer.Close(_handle);
            GC.SuppressFinalize(this);
        }

        private static int Check(int result)
        {
            if (result < 0)
            {
                throw new TransformerException(result);
            }

            return result;
        }
    }
}
#endif
