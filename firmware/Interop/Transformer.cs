using System;

namespace NanoFormer.Interop
{
    /// <summary>An int8 transformer: on the device the engine inside nanoCLR, on .NET any <c>ITransformerEngine</c>.</summary>
    public sealed class Transformer : IDisposable
    {
#if NANOFRAMEWORK_1_0
        private readonly int _handle;

        /// <summary>Opens a model image that is linked into the device's firmware.</summary>
        /// <param name="image">Index of the image, 0 for the first.</param>
        /// <exception cref="TransformerException">The image is damaged, or its arena does not fit.</exception>
        public Transformer(int image)
        {
            _handle = Check(NativeEngine.Open(image));
            Info = NativeModelReader.Read(_handle);
        }

        /// <summary>The model.</summary>
        public ModelInfo Info { get; }

        /// <summary>Runs one window.</summary>
        /// <param name="window">[WindowSamples * ChannelCount] raw model steps, sample after sample.</param>
        /// <param name="output">[OutputCount]; of a softmax, probability = (value + 128) / 256.</param>
        /// <exception cref="TransformerException">A length is wrong.</exception>
        public void Run(short[] window, sbyte[] output)
        {
            Check(NativeEngine.Run(_handle, window, output));
        }

        /// <summary>Runs the image's test vectors.</summary>
        /// <exception cref="TransformerException">A vector gave other bytes, or there is none.</exception>
        public void SelfTest()
        {
            Check(NativeEngine.SelfTest(_handle));
        }

        /// <summary>Frees the engine's arena for another image.</summary>
        public void Dispose()
        {
            NativeEngine.Close(_handle);
        }

        private static int Check(int result)
        {
            if (result < 0)
            {
                throw new TransformerException(result);
            }

            return result;
        }
#else
        private readonly ITransformerEngine _engine;

        /// <summary>Runs on an engine, and owns it.</summary>
        public Transformer(ITransformerEngine engine)
        {
            _engine = engine;
        }

        /// <summary>The model.</summary>
        public ModelInfo Info
        {
            get { return _engine.Info; }
        }

        /// <summary>Runs one window.</summary>
        /// <param name="window">[WindowSamples * ChannelCount] raw model steps, sample after sample.</param>
        /// <param name="output">[OutputCount]; of a softmax, probability = (value + 128) / 256.</param>
        /// <exception cref="TransformerException">A length is wrong.</exception>
        public void Run(short[] window, sbyte[] output)
        {
            _engine.Run(window, output);
        }

        /// <summary>Runs the image's test vectors.</summary>
        /// <exception cref="TransformerException">A vector gave other bytes, or there is none.</exception>
        public void SelfTest()
        {
            _engine.SelfTest();
        }

        /// <summary>Disposes the engine.</summary>
        public void Dispose()
        {
            _engine.Dispose();
        }
#endif
    }
}
