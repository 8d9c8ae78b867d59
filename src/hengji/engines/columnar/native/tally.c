/* 计数: rows are counted while DuckDB reads them: how many have each code, and which keys come to more than they may.

   DuckDB counts by key in a hash table that each of its threads makes for itself. Here all threads share one, parted by the hash
   of the keys: a thread lets rows wait until it has many for a part, and adds them together while the part lies in the cache.
   A key and its total are one number of 64 bits, so that a million keys take 16 MB. Codes have so few values that
   each thread counts them in an array. Decision 20 tells what that is worth, and when it is used.

   tally_open(codes, keys)         begins: codes are below `codes`, about `keys` keys are expected
   tally_row(code, key, amount)    counts a row, and is false; a missing key is nobody's
   tally_codes()                   the codes there are, with their rows
   tally_over(most)                the keys whose amounts come to more
   tally_close()                   forgets all of it

   Keys are not below 0 and below 2^48 - 1, amounts not below 0 (a missing one is 0), and `most` is below 65535: no total goes
   beyond that. A database has one tally. */

#define _GNU_SOURCE
#include "duckdb_api.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { BITS = 8, PARTS = 1 << BITS, AHEAD = 16, LEAST_SLOTS = 32, LEAST_ROOM = 64, LARGE_PART = 1 << 15 };
enum { TOTAL_BITS = 16, MOST = (1 << TOTAL_BITS) - 1 };

/* A key that is one greater, so that 0 is nobody, and its total in the lowest bits. The same of a row: a key and its amount. */
typedef uint64_t Cell;

/* Cells lie in slots, each in the first free one from where the hash of its key points to. A part has lines of the cache to
   itself, so that threads at different parts do not disturb each other. */
typedef struct {
	_Alignas(128) pthread_mutex_t lock;
	Cell *cells;
	uint32_t slots, used;
	bool grown; /* out of the room that all parts had at first */
} Part;

/* What one thread at a time counts in: rows by code, and rows that wait for their part. */
typedef struct Desk {
	struct Desk *next, *next_free;
	uint32_t *rows;
	Cell *waiting;
	uint32_t waits[PARTS];
} Desk;

typedef struct {
	Part parts[PARTS];
	pthread_mutex_t lock;
	Cell *cells; /* of all parts, at first */
	size_t size;
	Desk *desks, *free;
	uint32_t codes, room; /* so many rows wait for a part at each desk */
} Tally;

/* What the functions of a database share; the last of them to go takes it along. */
typedef struct {
	Tally *tally;
	atomic_int users;
} Shared;

static const char *const NO_MEMORY = "tally: out of memory";
static const char *const UNOPENED = "tally: not open";
static const char *const BEYOND = "tally: out of range";

/* -- keys */

static inline uint64_t mixed(uint64_t key)
{
	uint64_t hash = key * 0x9E3779B97F4A7C15u;
	hash ^= hash >> 32;
	return hash * 0xD6E8FEB86659FD93u;
}

static inline int part_of(Cell row)
{
	return (int)(mixed(row >> TOTAL_BITS) >> (64 - BITS));
}

static inline uint32_t slot_of(Cell row, uint32_t slots)
{
	return (uint32_t)((((mixed(row >> TOTAL_BITS) << BITS) >> 32) * slots) >> 32);
}

/* The slot of the key of a row, or the free one where it belongs. */
static inline uint32_t found(const Cell *cells, uint32_t slots, Cell row)
{
	uint32_t at = slot_of(row, slots);
	while (cells[at] && cells[at] >> TOTAL_BITS != row >> TOTAL_BITS)
		at = at + 1 == slots ? 0 : at + 1;
	return at;
}

static bool grown(Part *part)
{
	uint32_t slots = part->slots + part->slots / 2;
	Cell *cells = calloc(slots, sizeof(Cell));
	if (!cells)
		return false;
	for (uint32_t at = 0; at < part->slots; at++)
		if (part->cells[at])
			cells[found(cells, slots, part->cells[at])] = part->cells[at];
	if (part->grown)
		free(part->cells);
	part->cells = cells, part->slots = slots, part->grown = true;
	return true;
}

static bool put(Part *part, const Cell *rows, uint32_t count)
{
	for (uint32_t at = 0; at < count && at < AHEAD; at++)
		__builtin_prefetch(part->cells + slot_of(rows[at], part->slots), 1);
	for (uint32_t at = 0; at < count; at++) {
		if (at + AHEAD < count)
			__builtin_prefetch(part->cells + slot_of(rows[at + AHEAD], part->slots), 1);
		uint32_t slot = found(part->cells, part->slots, rows[at]);
		Cell cell = part->cells[slot];
		if (!cell) {
			if (part->used * 4ull >= part->slots * 3ull) {
				if (!grown(part))
					return false;
				slot = found(part->cells, part->slots, rows[at]);
			}
			part->used++;
			cell = rows[at] & ~(Cell)MOST;
		}
		uint32_t total = (uint32_t)(cell & MOST) + (uint32_t)(rows[at] & MOST);
		part->cells[slot] = (cell & ~(Cell)MOST) | (total < MOST ? total : MOST);
	}
	return true;
}

/* Adds the rows that wait at a desk for a part. */
static bool added(Tally *tally, Desk *desk, int at)
{
	Part *part = tally->parts + at;
	uint32_t count = desk->waits[at];
	desk->waits[at] = 0;
	pthread_mutex_lock(&part->lock);
	bool whole = put(part, desk->waiting + (size_t)at * tally->room, count);
	pthread_mutex_unlock(&part->lock);
	return whole;
}

static bool all_added(Tally *tally)
{
	bool whole = true;
	for (Desk *desk = tally->desks; desk; desk = desk->next)
		for (int at = 0; at < PARTS; at++)
			whole = added(tally, desk, at) && whole;
	return whole;
}

/* -- a tally */

/* Room of so many bytes, all 0: pages that nobody has touched, large ones where the system has them, because looking up a small page
   for each row would take longer than all the rest. */
static void *pages(size_t bytes)
{
	void *found = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (found == MAP_FAILED)
		return NULL;
#ifdef MADV_HUGEPAGE
	madvise(found, bytes, MADV_HUGEPAGE);
#endif
	return found;
}

static void let_go(void *found, size_t bytes)
{
	if (found)
		munmap(found, bytes);
}

static size_t row_bytes(const Tally *tally)
{
	return tally->codes * sizeof(uint32_t);
}

static size_t waiting_bytes(const Tally *tally)
{
	return (size_t)PARTS * tally->room * sizeof(Cell);
}

static void cleared(const Tally *tally, Desk *desk)
{
	let_go(desk->rows, row_bytes(tally));
	let_go(desk->waiting, waiting_bytes(tally));
	free(desk);
}

static void closed(Tally *tally)
{
	if (!tally)
		return;
	for (int at = 0; at < PARTS; at++) {
		if (tally->parts[at].grown)
			free(tally->parts[at].cells);
		pthread_mutex_destroy(&tally->parts[at].lock);
	}
	while (tally->desks) {
		Desk *desk = tally->desks;
		tally->desks = desk->next;
		cleared(tally, desk);
	}
	pthread_mutex_destroy(&tally->lock);
	let_go(tally->cells, tally->size * sizeof(Cell));
	free(tally);
}

/* So many rows wait for a part that much of it is used whenever it comes into the cache: more where it is too large to stay there. */
static uint32_t room_for(uint32_t slots)
{
	uint32_t room = slots / (slots < LARGE_PART ? 16 : 4);
	return room < LEAST_ROOM ? LEAST_ROOM : room;
}

/* There are twice as many slots as keys. */
static Tally *opened(uint32_t codes, uint64_t keys)
{
	uint64_t slots = keys / PARTS * 2 + LEAST_SLOTS;
	Tally *tally = slots > UINT32_MAX / 4 ? NULL : aligned_alloc(_Alignof(Tally), sizeof(Tally));
	if (!tally)
		return NULL;
	memset(tally, 0, sizeof(Tally));
	tally->codes = codes;
	tally->room = room_for((uint32_t)slots);
	tally->size = slots * PARTS;
	tally->cells = pages(tally->size * sizeof(Cell));
	pthread_mutex_init(&tally->lock, NULL);
	for (int at = 0; at < PARTS; at++) {
		Part *part = tally->parts + at;
		pthread_mutex_init(&part->lock, NULL);
		part->cells = tally->cells + at * slots, part->slots = (uint32_t)slots;
	}
	if (tally->cells)
		return tally;
	closed(tally);
	return NULL;
}

/* A desk at which no other thread counts; NULL where there is no memory for one. */
static Desk *taken(Tally *tally)
{
	pthread_mutex_lock(&tally->lock);
	Desk *desk = tally->free;
	if (desk) {
		tally->free = desk->next_free;
	} else if ((desk = calloc(1, sizeof(Desk)))) {
		desk->rows = pages(row_bytes(tally));
		desk->waiting = pages(waiting_bytes(tally));
		if (desk->rows && desk->waiting) {
			desk->next = tally->desks;
			tally->desks = desk;
		} else {
			cleared(tally, desk);
			desk = NULL;
		}
	}
	pthread_mutex_unlock(&tally->lock);
	return desk;
}

static void given_back(Tally *tally, Desk *desk)
{
	pthread_mutex_lock(&tally->lock);
	desk->next_free = tally->free;
	tally->free = desk;
	pthread_mutex_unlock(&tally->lock);
}

/* The cells of a column, of which those are filled whose bit is set. */
typedef struct {
	const int64_t *cells;
	const uint64_t *filled;
} Column;

static inline bool is_filled(const uint64_t *filled, idx_t at)
{
	return !filled || (filled[at / 64] >> at % 64 & 1);
}

static const char *codes_counted(Tally *tally, Desk *desk, const int32_t *codes, const uint64_t *filled, idx_t rows)
{
	for (idx_t at = 0; at < rows; at++) {
		if (at + AHEAD < rows && (uint32_t)codes[at + AHEAD] < tally->codes)
			__builtin_prefetch(desk->rows + codes[at + AHEAD], 1);
		if ((uint32_t)codes[at] >= tally->codes || !is_filled(filled, at))
			return BEYOND;
		desk->rows[codes[at]]++;
	}
	return NULL;
}

static const char *keys_added(Tally *tally, Desk *desk, Column keys, Column amounts, idx_t rows)
{
	for (idx_t at = 0; at < rows; at++) {
		if (!is_filled(keys.filled, at))
			continue;
		uint64_t key = (uint64_t)keys.cells[at] + 1, amount = is_filled(amounts.filled, at) ? (uint64_t)amounts.cells[at] : 0;
		if (key - 1 >= ((uint64_t)1 << (64 - TOTAL_BITS)) - 1 || amount > INT64_MAX)
			return BEYOND;
		Cell row = key << TOTAL_BITS | (amount < MOST ? amount : MOST);
		int part = part_of(row);
		desk->waiting[(size_t)part * tally->room + desk->waits[part]++] = row;
		if (desk->waits[part] == tally->room && !added(tally, desk, part))
			return NO_MEMORY;
	}
	return NULL;
}

/* -- what DuckDB calls */

static void *cells(handle chunk, idx_t column)
{
	return duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column));
}

static Column column(handle chunk, idx_t at)
{
	return (Column){cells(chunk, at), duckdb_vector_get_validity(duckdb_data_chunk_get_vector(chunk, at))};
}

static void tally_open(handle info, handle chunk, handle output)
{
	Shared *shared = duckdb_scalar_function_get_extra_info(info);
	const int64_t *codes = cells(chunk, 0), *keys = cells(chunk, 1);
	closed(shared->tally);
	shared->tally = opened((uint32_t)codes[0], (uint64_t)keys[0]);
	if (!shared->tally)
		duckdb_scalar_function_set_error(info, NO_MEMORY);
	*(bool *)duckdb_vector_get_data(output) = true;
}

static void tally_close(handle info, handle chunk, handle output)
{
	Shared *shared = duckdb_scalar_function_get_extra_info(info);
	(void)chunk;
	closed(shared->tally);
	shared->tally = NULL;
	*(bool *)duckdb_vector_get_data(output) = true;
}

static void tally_row(handle info, handle chunk, handle output)
{
	Tally *tally = ((Shared *)duckdb_scalar_function_get_extra_info(info))->tally;
	idx_t rows = duckdb_data_chunk_get_size(chunk);
	memset(duckdb_vector_get_data(output), 0, rows);
	Desk *desk = tally ? taken(tally) : NULL;
	const char *error = tally ? NO_MEMORY : UNOPENED;
	if (desk) {
		error = codes_counted(tally, desk, cells(chunk, 0), column(chunk, 0).filled, rows);
		if (!error)
			error = keys_added(tally, desk, column(chunk, 1), column(chunk, 2), rows);
		given_back(tally, desk);
	}
	if (error)
		duckdb_scalar_function_set_error(info, error);
}

static void has_column(handle info, const char *name, int type)
{
	handle logical = duckdb_create_logical_type(type);
	duckdb_bind_add_result_column(info, name, logical);
	duckdb_destroy_logical_type(&logical);
}

static void bind_codes(handle info)
{
	has_column(info, "code", TYPE_INTEGER);
	has_column(info, "rows", TYPE_BIGINT);
}

static void init_codes(handle info)
{
	uint32_t *next = calloc(1, sizeof(uint32_t));
	if (!((Shared *)duckdb_init_get_extra_info(info))->tally)
		duckdb_init_set_error(info, UNOPENED);
	else if (!next)
		duckdb_init_set_error(info, NO_MEMORY);
	duckdb_init_set_init_data(info, next, free);
	duckdb_init_set_max_threads(info, 1);
}

static void tally_codes(handle info, handle chunk)
{
	Tally *tally = ((Shared *)duckdb_function_get_extra_info(info))->tally;
	uint32_t *next = duckdb_function_get_init_data(info);
	int32_t *codes = cells(chunk, 0);
	int64_t *rows = cells(chunk, 1);
	idx_t written = 0, most = duckdb_vector_size();
	for (; *next < tally->codes && written < most; ++*next) {
		int64_t sum = 0;
		for (const Desk *desk = tally->desks; desk; desk = desk->next)
			sum += desk->rows[*next];
		if (sum) {
			codes[written] = (int32_t)*next;
			rows[written++] = sum;
		}
	}
	duckdb_data_chunk_set_size(chunk, written);
}

/* Which keys are asked for, and the next part that nobody has looked through. */
typedef struct {
	int64_t most;
	atomic_int next;
} Search;

/* Where a thread is: in a part that no other thread reads. */
typedef struct {
	const Part *part;
	uint32_t slot;
} Place;

static void bind_over(handle info)
{
	handle most = duckdb_bind_get_parameter(info, 0);
	int64_t *bound = malloc(sizeof(int64_t));
	if (bound)
		*bound = duckdb_get_int64(most);
	duckdb_destroy_value(&most);
	duckdb_bind_set_bind_data(info, bound, free);
	has_column(info, "key", TYPE_BIGINT);
}

static void init_over(handle info)
{
	Tally *tally = ((Shared *)duckdb_init_get_extra_info(info))->tally;
	const int64_t *most = duckdb_init_get_bind_data(info);
	Search *search = calloc(1, sizeof(Search));
	if (!tally)
		duckdb_init_set_error(info, UNOPENED);
	else if (!search || !most || !all_added(tally))
		duckdb_init_set_error(info, NO_MEMORY);
	else
		search->most = *most;
	duckdb_init_set_init_data(info, search, free);
	duckdb_init_set_max_threads(info, PARTS);
}

static void init_place(handle info)
{
	Place *place = calloc(1, sizeof(Place));
	if (!place)
		duckdb_init_set_error(info, NO_MEMORY);
	duckdb_init_set_init_data(info, place, free);
}

static void tally_over(handle info, handle chunk)
{
	Tally *tally = ((Shared *)duckdb_function_get_extra_info(info))->tally;
	Search *search = duckdb_function_get_init_data(info);
	Place *place = duckdb_function_get_local_init_data(info);
	int64_t *keys = cells(chunk, 0);
	idx_t written = 0, most = duckdb_vector_size();
	while (written < most) {
		if (!place->part || place->slot == place->part->slots) {
			int at = atomic_fetch_add(&search->next, 1);
			if (at >= PARTS)
				break;
			*place = (Place){tally->parts + at, 0};
		}
		const Part *part = place->part;
		for (; place->slot < part->slots && written < most; place->slot++) {
			Cell cell = part->cells[place->slot];
			if ((int64_t)(cell & MOST) > search->most)
				keys[written++] = (int64_t)(cell >> TOTAL_BITS) - 1;
		}
	}
	duckdb_data_chunk_set_size(chunk, written);
}

/* -- what DuckDB is told when it loads this */

static void left(void *user)
{
	Shared *shared = user;
	if (atomic_fetch_sub(&shared->users, 1) == 1) {
		closed(shared->tally);
		free(shared);
	}
}

static void *joined(Shared *shared)
{
	atomic_fetch_add(&shared->users, 1);
	return shared;
}

static bool has_scalar(handle connection, Shared *shared, const char *name, const int *types, scalar_body body)
{
	handle function = duckdb_create_scalar_function(), result = duckdb_create_logical_type(TYPE_BOOLEAN);
	duckdb_scalar_function_set_name(function, name);
	for (; *types; types++) {
		handle type = duckdb_create_logical_type(*types);
		duckdb_scalar_function_add_parameter(function, type);
		duckdb_destroy_logical_type(&type);
	}
	duckdb_scalar_function_set_return_type(function, result);
	duckdb_destroy_logical_type(&result);
	duckdb_scalar_function_set_volatile(function);
	duckdb_scalar_function_set_special_handling(function);
	duckdb_scalar_function_set_extra_info(function, joined(shared), left);
	duckdb_scalar_function_set_function(function, body);
	bool done = duckdb_register_scalar_function(connection, function) == 0;
	duckdb_destroy_scalar_function(&function);
	return done;
}

/* A function that gives rows; each of its threads begins with `local`, where there is one. */
static bool has_table(handle connection, Shared *shared, const char *name, bool asks, table_step bind, table_step init,
                      table_step local, table_body body)
{
	handle function = duckdb_create_table_function();
	duckdb_table_function_set_name(function, name);
	if (asks) {
		handle type = duckdb_create_logical_type(TYPE_BIGINT);
		duckdb_table_function_add_parameter(function, type);
		duckdb_destroy_logical_type(&type);
	}
	duckdb_table_function_set_extra_info(function, joined(shared), left);
	duckdb_table_function_set_bind(function, bind);
	duckdb_table_function_set_init(function, init);
	if (local)
		duckdb_table_function_set_local_init(function, local);
	duckdb_table_function_set_function(function, body);
	bool done = duckdb_register_table_function(connection, function) == 0;
	duckdb_destroy_table_function(&function);
	return done;
}

static bool has_all(handle connection, Shared *shared)
{
	static const int open[] = {TYPE_BIGINT, TYPE_BIGINT, 0}, row[] = {TYPE_INTEGER, TYPE_BIGINT, TYPE_BIGINT, 0}, none[] = {0};
	return has_scalar(connection, shared, "tally_open", open, tally_open) &&
	       has_scalar(connection, shared, "tally_row", row, tally_row) &&
	       has_scalar(connection, shared, "tally_close", none, tally_close) &&
	       has_table(connection, shared, "tally_codes", false, bind_codes, init_codes, NULL, tally_codes) &&
	       has_table(connection, shared, "tally_over", true, bind_over, init_over, init_place, tally_over);
}

/* Databases of one process share the copy; others may count while one more loads this. */
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
static bool copied;

__attribute__((visibility("default"))) bool tally_init_c_api(handle info, struct extension_access *access)
{
	void *const *given = access->get_api(info, API_VERSION);
	handle connection;
	if (!given)
		return false;
	pthread_mutex_lock(&loading);
	if (!copied)
		memcpy(api, given, sizeof api);
	copied = true;
	pthread_mutex_unlock(&loading);
	if (duckdb_connect(*access->get_database(info), &connection) != 0)
		return false;
	Shared *shared = calloc(1, sizeof(Shared));
	bool done = false;
	if (shared) {
		joined(shared);
		done = has_all(connection, shared);
		left(shared);
	}
	duckdb_disconnect(&connection);
	return done;
}
