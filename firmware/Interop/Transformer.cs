using System;

namespace NanoFormer.Interop
{
    /// <summary>An int8 transformer: on the device the engine inside nanoCLR, on .NET any <c>ITransformerEngine</c>.</summary>
    /// <remarks>
    /// Arguments are refused with the exceptions of .NET (<see cref="ArgumentNullException"/>, <see cref="ArgumentException"/>,
    /// <see cref="ObjectDisposedException"/> ...), images with a <see cref="TransformerException"/> that gives the engine's own reason.
    /// An inference stops all managed threads while it lasts; where that is too long, run in slices.
    /// </remarks>
    public sealed class Transformer : IDisposable
    {
        private readonly EngineSession _session;

#if NANOFRAMEWORK_1_0
        // A restart of the CLR leaves open what the application before it had opened.
        static Transformer()
        {
            NativeTransformer.CloseAll();
        }

        private Transformer(int handle)
        {
            _session = new EngineSession(handle);
        }

        /// <summary>Opens a model image that is linked into the firmware, where it lies.</summary>
        /// <param name="image">Index of the image, 0 for the first.</param>
        /// <exception cref="ArgumentOutOfRangeException">The firmware has no such image.</exception>
        /// <exception cref="InvalidOperationException">As many transformers are open as the firmware has places for.</exception>
        /// <exception cref="TransformerException">The image is refused, or its arena does not fit.</exception>
        public static Transformer FromFirmware(int image)
        {
            return new Transformer(NativeTransformer.OpenLinked(image));
        }

        /// <summary>Opens a model image in flash, where it lies.</summary>
        /// <param name="address">STM32: its address in memory; ESP32: its offset in the flash chip. A multiple of 4.</param>
        /// <exception cref="ArgumentOutOfRangeException">The address is not in flash.</exception>
        /// <exception cref="NotSupportedException">The board has no flash that can be read in place.</exception>
        /// <exception cref="InvalidOperationException">As many transformers are open as the firmware has places for.</exception>
        /// <exception cref="TransformerException">There is no image, it is refused, or its arena does not fit.</exception>
        public static Transformer FromAddress(uint address)
        {
            return new Transformer(NativeTransformer.OpenAddress(address));
        }

        /// <summary>Opens the model image at the start of a flash partition, where it lies.</summary>
        /// <param name="label">Name of the partition.</param>
        /// <exception cref="ArgumentNullException">There is no label.</exception>
        /// <exception cref="ArgumentException">The board has no such partition.</exception>
        /// <exception cref="NotSupportedException">The board has no partitions.</exception>
        /// <exception cref="InvalidOperationException">As many transformers are open as the firmware has places for.</exception>
        /// <exception cref="TransformerException">There is no image, it is refused, or its arena does not fit.</exception>
        public static Transformer FromPartition(string label)
        {
            return new Transformer(NativeTransformer.OpenPartition(label));
        }

        /// <summary>Opens a model image that is a binary resource of a deployed assembly, where it lies.</summary>
        /// <param name="assembly">Name of the assembly.</param>
        /// <param name="baseName">Name of the resources, as <c>ResourceManager</c> gets it, such as <c>Application.Resources</c>.</param>
        /// <param name="id">The image's value in the generated <c>BinaryResources</c>.</param>
        /// <exception cref="ArgumentNullException">A name is missing.</exception>
        /// <exception cref="ArgumentException">There is no such assembly or no such binary resource.</exception>
        /// <exception cref="InvalidOperationException">As many transformers are open as the firmware has places for.</exception>
        /// <exception cref="TransformerException">
        /// The image is refused, or its arena does not fit. MISALIGNED: strings or other files lie before it; give the images resources of
        /// their own.
        /// </exception>
        public static Transformer FromResource(string assembly, string baseName, short id)
        {
            string resources = baseName == null ? null : baseName + ".nanoresources";
            return new Transformer(NativeTransformer.OpenResource(assembly, resources, id));
        }
#else
        /// <summary>Runs on an engine, and owns it.</summary>
        public Transformer(ITransformerEngine engine)
        {
            _session = new EngineSession(engine);
        }
#endif

        /// <summary>The model.</summary>
        public ModelInfo Info
        {
            get { return _session.Info; }
        }

        /// <summary>Runs one window; ends a stream.</summary>
        /// <param name="window">[WindowSamples * ChannelCount] raw model steps, sample after sample.</param>
        /// <param name="output">[OutputCount]; of a softmax, probability = (value + 128) / 256.</param>
        /// <exception cref="ArgumentNullException">An array is missing.</exception>
        /// <exception cref="ArgumentException">An array has the wrong length, or the model takes 8-bit values.</exception>
        /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
        public void Run(short[] window, sbyte[] output)
        {
            _session.Run(window, output);
        }

        /// <summary>Runs one window of a model that takes 8-bit values, as <see cref="Run(short[], sbyte[])"/> does.</summary>
        public void Run(sbyte[] window, sbyte[] output)
        {
            _session.Run(window, output);
        }

        /// <summary>Runs the full window of a capture where it lies; ends a stream.</summary>
        /// <param name="capture">A capture whose last wait ended with a window.</param>
        /// <param name="output">As in <see cref="Run(short[], sbyte[])"/>.</param>
        /// <exception cref="ArgumentNullException">The capture or the output is missing.</exception>
        /// <exception cref="ArgumentException">The window or the output is not the model's.</exception>
        /// <exception cref="InvalidOperationException">No window is full.</exception>
        /// <exception cref="ObjectDisposedException">The transformer or the capture was disposed.</exception>
        public void Run(Capture capture, sbyte[] output)
        {
            if (capture == null)
            {
                throw new ArgumentNullException(nameof(capture));
            }

            _session.Run(capture, output);
        }

        /// <summary>Begins a run in slices, so that a long model does not starve other threads; <see cref="Continue"/> follows.</summary>
        /// <param name="window">As in <see cref="Run(short[], sbyte[])"/>; must stay as it is until the run is done.</param>
        /// <exception cref="ArgumentNullException">The window is missing.</exception>
        /// <exception cref="ArgumentException">The window has the wrong length.</exception>
        /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
        public void Begin(short[] window)
        {
            _session.Begin(window);
        }

        /// <summary>The same for a model that takes 8-bit values.</summary>
        public void Begin(sbyte[] window)
        {
            _session.Begin(window);
        }

        /// <summary>Runs the next operators of a run in slices.</summary>
        /// <param name="operators">How many at most, from 1.</param>
        /// <param name="output">[OutputCount]; written when nothing remains.</param>
        /// <returns>Operators that remain; 0 when the run is done.</returns>
        /// <exception cref="ArgumentNullException">The output is missing.</exception>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="operators"/> is below 1.</exception>
        /// <exception cref="ArgumentException">The output has the wrong length.</exception>
        /// <exception cref="InvalidOperationException">No run was begun.</exception>
        /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
        public int Continue(int operators, sbyte[] output)
        {
            return _session.Continue(operators, output);
        }

        /// <summary>Begins a stream: nothing of earlier samples is remembered. A run ends it.</summary>
        /// <exception cref="NotSupportedException">The model does not stream.</exception>
        /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
        public void BeginStream()
        {
            _session.BeginStream();
        }

        /// <summary>Takes samples of a stream, any number; each time StepSamples have gathered the model runs one step.</summary>
        /// <param name="samples">Raw model steps, sample after sample.</param>
        /// <param name="offset">Index of the first value to take.</param>
        /// <param name="count">Values to take, a multiple of ChannelCount.</param>
        /// <param name="output">[OutputCount]; the last step's, untouched when there was none.</param>
        /// <returns>Steps done.</returns>
        /// <exception cref="ArgumentNullException">An array is missing.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The values are not within <paramref name="samples"/>.</exception>
        /// <exception cref="ArgumentException">The last sample is not whole, or the output has the wrong length.</exception>
        /// <exception cref="InvalidOperationException">No stream was begun, or a run ended it.</exception>
        /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
        public int Step(short[] samples, int offset, int count, sbyte[] output)
        {
            return _session.Step(samples, offset, count, output);
        }

        /// <summary>The same for a model that takes 8-bit values.</summary>
        public int Step(sbyte[] samples, int offset, int count, sbyte[] output)
        {
            return _session.Step(samples, offset, count, output);
        }

        /// <summary>Runs the image's test vectors; ends a stream or a run in slices.</summary>
        /// <exception cref="TransformerException">A vector gave other bytes, or there is none.</exception>
        /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
        public void SelfTest()
        {
            _session.SelfTest();
        }

        /// <summary>What was run so far, and how long it took.</summary>
        /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
        public TransformerStatistics GetStatistics()
        {
            return _session.GetStatistics();
        }

        /// <summary>Gives the engine's memory back.</summary>
        public void Dispose()
        {
            _session.Dispose();
        }
    }
}
